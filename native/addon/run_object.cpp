#include "addon/run_object.h"

#include <cstdint>
#include <cstring>
#include <optional>

#include "addon/question.h"
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

}  // namespace

// Outlives the run object: the channel may call it as long as a provider does.
class RunObject::Reader : public EventReader, public std::enable_shared_from_this<RunObject::Reader> {
 public:
  Reader(RunObject* run, std::shared_ptr<Inbox> inbox) : run_(run), inbox_(std::move(inbox)) {}

  // Any thread.
  void OnReady() noexcept override {
    inbox_->Post([self = shared_from_this()](Napi::Env env) {
      if (env != nullptr && self->run_ != nullptr) self->run_->on_ready_.Call({});
    });
  }

  // JavaScript's thread.
  void Forget() { run_ = nullptr; }

 private:
  RunObject* run_;  // JavaScript's thread alone
  std::shared_ptr<Inbox> inbox_;
};

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
  const auto environment = Environment::Of(env);
  Napi::Object object = environment->run_class.New({});
  RunObject* run = Unwrap(object);
  run->environment_ = environment;
  run->session_ = session;
  run->on_ready_ = Napi::Persistent(on_ready);
  run->reader_ = std::make_shared<Reader>(run, environment->inbox());
  // Until its end has been taken, the run must be there to be told of it, whoever still knows it.
  run->Ref();
  run->HoldProcess(true);
  run->run_ = store.Synchronize(request, run->reader_);
  environment->Add(run->run_);
  return object;
}

RunObject::RunObject(const Napi::CallbackInfo& info) : ObjectWrap(info) {}

RunObject::~RunObject() {
  if (reader_) reader_->Forget();
}

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
  if ((batch_.events.back().kind_and_flags & kKindMask) == static_cast<std::uint32_t>(EventKind::kEnd)) EndTaken();
  return Napi::Number::New(env, static_cast<double>(count));
}

Napi::Value RunObject::Ended(const Napi::CallbackInfo& info) { return Napi::Boolean::New(info.Env(), run_->ended()); }

Napi::Value RunObject::Done(const Napi::CallbackInfo& info) { return HresultOrNull(info.Env(), run_->done()); }

Napi::Value RunObject::Returned(const Napi::CallbackInfo& info) {
  const Question question(info.Env(), Process::kMayEnd);
  run_->WhenReturned(question.CallbackWith<std::optional<std::uint32_t>>(HresultOrNull));
  return question.promise();
}

Napi::Value RunObject::LetGo(const Napi::CallbackInfo& info) {
  const Question question(info.Env());
  run_->WhenLetGo(info[0].As<Napi::Number>().Uint32Value(), question.CallbackWith<bool>([](Napi::Env env, bool let_go) {
    return Napi::Boolean::New(env, let_go);
  }));
  return question.promise();
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

void RunObject::RefProcess(const Napi::CallbackInfo& /*info*/) { HoldProcess(!end_taken_); }

void RunObject::UnrefProcess(const Napi::CallbackInfo& /*info*/) { HoldProcess(false); }

void RunObject::HoldProcess(bool hold) {
  if (hold == holds_process_) return;
  holds_process_ = hold;
  if (hold) {
    environment_->Hold();
  } else {
    environment_->Release();
  }
}

void RunObject::EndTaken() {
  end_taken_ = true;
  HoldProcess(false);
  // Nothing is ready after the end. Whoever the function tells knows this run: as long as we hold the one, neither is
  // ever collected.
  reader_->Forget();
  on_ready_.Reset();
  Unref();
}

}  // namespace mapisync
