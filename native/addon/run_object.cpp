#include "addon/run_object.h"

#include <cstdint>
#include <cstring>
#include <optional>

#include "addon/environment.h"
#include "addon/pending_promise.h"
#include "addon/value_conversion.h"

namespace mapisync {

namespace {

constexpr std::uint32_t kKindMask = 0xFF;
constexpr std::size_t kWordsPerEvent = 6;

Napi::Value HresultOrNull(Napi::Env env, const std::optional<std::uint32_t>& hresult) {
  return hresult ? Napi::Number::New(env, static_cast<double>(*hresult)) : env.Null();
}

// An event crosses as it lies in memory.
static_assert(sizeof(Event) == kWordsPerEvent * sizeof(std::uint32_t));

// The event channel owns it, and may outlive the run object and the environment.
class ReadyNotice final : public EventReader {
 public:
  ReadyNotice(std::shared_ptr<Inbox> inbox, std::uint64_t run_id) : inbox_(std::move(inbox)), run_id_(run_id) {}

  // Any thread.
  void OnReady() noexcept override {
    inbox_->Post([run_id = run_id_](Environment& environment) {
      if (const RunObject* run = environment.FindRun(run_id)) run->OnReady();
    });
  }

 private:
  const std::shared_ptr<Inbox> inbox_;
  const std::uint64_t run_id_;
};

}  // namespace

Napi::Function RunObject::DefineClass(Napi::Env env) {
  return ObjectWrap::DefineClass(
      env, "NativeRun",
      {InstanceMethod("take", &RunObject::Take), InstanceMethod("cancel", &RunObject::Cancel),
       InstanceMethod("ref", &RunObject::RefProcess), InstanceMethod("unref", &RunObject::UnrefProcess),
       InstanceMethod("returned", &RunObject::Returned), InstanceMethod("letGo", &RunObject::LetGo),
       InstanceAccessor("ended", &RunObject::Ended, nullptr), InstanceAccessor("done", &RunObject::Done, nullptr),
       InstanceAccessor("updates", &RunObject::Updates, nullptr),
       InstanceAccessor("problemCount", &RunObject::ProblemCount, nullptr),
       InstanceAccessor("overtaken", &RunObject::Overtaken, nullptr),
       InstanceAccessor("bytesInUse", &RunObject::BytesInUse, nullptr)});
}

Napi::Value RunObject::Begin(Napi::Env env, Store& store, const std::shared_ptr<OwnedSession>& session,
                             const SyncRequest& request, const Napi::Function& on_ready) {
  Environment& environment = Environment::Of(env);
  Napi::Object object = environment.run_class.New({});
  RunObject* self = Unwrap(object);
  self->session_ = session;
  self->on_ready_ = Napi::Persistent(on_ready);
  const std::uint64_t id = environment.NewRunId();
  self->run_ = store.Synchronize(request, std::make_shared<ReadyNotice>(environment.inbox(), id));
  self->id_ = id;
  environment.Add(id, self);
  // The object must be there until its end has been taken, also if no variable of JavaScript's holds it.
  self->Ref();
  self->KeepProcess(true);
  return object;
}

RunObject::RunObject(const Napi::CallbackInfo& info) : ObjectWrap(info) {}

Napi::Value RunObject::Take(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  auto words = info[0].As<Napi::Uint32Array>();
  auto texts = info[1].As<Napi::Array>();

  batch_.events.clear();
  batch_.texts.clear();
  const std::size_t count = run_->Take(words.ElementLength() / kWordsPerEvent, &batch_);
  if (count == 0) return Napi::Number::New(env, 0);

  std::memcpy(words.Data(), batch_.events.data(), count * sizeof(Event));
  std::uint32_t next_text = texts.Length();
  for (const std::u16string& text : batch_.texts) texts.Set(next_text++, ToJs(env, text));
  if ((batch_.events.back().kind_and_flags & kKindMask) == static_cast<std::uint32_t>(EventKind::kEnd)) OnEndTaken();
  return Napi::Number::New(env, static_cast<double>(count));
}

Napi::Value RunObject::Ended(const Napi::CallbackInfo& info) { return Napi::Boolean::New(info.Env(), run_->ended()); }

Napi::Value RunObject::Done(const Napi::CallbackInfo& info) { return HresultOrNull(info.Env(), run_->done()); }

Napi::Value RunObject::Returned(const Napi::CallbackInfo& info) {
  using Hresult = std::optional<std::uint32_t>;
  return PromiseOf<Hresult>(
      info.Env(), HresultOrNull, [this](std::function<void(Hresult)> answer) { run_->WhenReturned(std::move(answer)); },
      Liveness::kProcessMayEnd);
}

Napi::Value RunObject::LetGo(const Napi::CallbackInfo& info) {
  const std::uint32_t grace_ms = info[0].As<Napi::Number>().Uint32Value();
  return PromiseOf<bool>(info.Env(), Napi::Boolean::New, [this, grace_ms](std::function<void(bool)> answer) {
    run_->WhenLetGo(grace_ms, std::move(answer));
  });
}

Napi::Value RunObject::Updates(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(run_->counts().updates));
}

Napi::Value RunObject::ProblemCount(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(run_->counts().problems));
}

Napi::Value RunObject::Overtaken(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(run_->counts().overtaken));
}

Napi::Value RunObject::BytesInUse(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(run_->counts().bytes_in_use));
}

void RunObject::Cancel(const Napi::CallbackInfo& /*info*/) { run_->Cancel(); }

void RunObject::RefProcess(const Napi::CallbackInfo& /*info*/) { KeepProcess(!end_taken_); }

void RunObject::UnrefProcess(const Napi::CallbackInfo& /*info*/) { KeepProcess(false); }

void RunObject::KeepProcess(bool keep) {
  if (keep == keeps_process_) return;
  keeps_process_ = keep;
  Environment& environment = Environment::Of(Env());
  if (keep) {
    environment.KeepProcessAlive();
  } else {
    environment.LetProcessEnd();
  }
}

void RunObject::OnEndTaken() {
  end_taken_ = true;
  KeepProcess(false);
  // Nothing becomes ready after the end. The function must go, for it refers to this object, and neither of the two
  // would ever be collected.
  Environment::Of(Env()).RemoveRun(id_);
  on_ready_.Reset();
  Unref();
}

}  // namespace mapisync
