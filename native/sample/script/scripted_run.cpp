#include "sample/script/scripted_run.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <stdexcept>
#include <utility>

#include "sample/mapi/live_counters.h"
#include "sample/mapi/sample_thread.h"
#include "sample/mapi/subsystem.h"
#include "sample/script/callback_questions.h"

namespace mapisync::sample {
namespace {

// A number that never was a handle: those are multiples of four, and small.
const HANDLE kGarbageHandle = reinterpret_cast<HANDLE>(static_cast<std::uintptr_t>(0x7ABCDEF4));

const wchar_t* TextOf(const ScenarioStep& step) {
  static_assert(sizeof(wchar_t) == sizeof(char16_t));
  return step.text ? reinterpret_cast<const wchar_t*>(step.text->c_str()) : nullptr;
}

void CALLBACK ProgressFromWithin(ULONG_PTR callback) {
  reinterpret_cast<mapi::IMAPISyncProgressCallback*>(callback)->Progress(L"from within another call", 1, 2);
}

[[noreturn]] void BlockForEver() {
  for (;;) Sleep(INFINITE);
}

void WriteToNowhere() {
  // Through a variable that the compiler cannot see through: it would drop a plain write to NULL.
  volatile std::uintptr_t nowhere = 0;
  // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): the crash is what it is for
  *reinterpret_cast<volatile int*>(nowhere) = 1;
}

// Where the threads of one step meet. Shared: the last of them is still leaving it when the waiting one goes on.
class Gathering {
 public:
  void Expect() {
    const std::lock_guard lock(mutex_);
    ++running_;
  }
  void Leave() {
    const std::lock_guard lock(mutex_);
    --running_;
    changed_.notify_all();
  }
  void WaitForBegin() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return may_begin_; });
  }
  void BeginAndWait() {
    std::unique_lock lock(mutex_);
    may_begin_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return running_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool may_begin_ = false;
  std::uint32_t running_ = 0;
};

// Runs `body` in `count` threads at once and waits for all of them.
void RunInThreads(std::uint32_t count, const std::function<void()>& body) {
  const auto gathering = std::make_shared<Gathering>();
  for (std::uint32_t i = 0; i < count; ++i) {
    gathering->Expect();
    const bool has_started = StartSampleThread(L"mapisync sample step", [gathering, &body] {
      {
        const ThreadCount counted;
        const SubsystemScope mapi;
        gathering->WaitForBegin();
        body();
      }
      gathering->Leave();
    });
    if (!has_started) {
      gathering->Leave();
      break;
    }
  }
  gathering->BeginAndWait();
}

}  // namespace

HRESULT ScriptedRun::Synchronize(Setting setting, SyncRequest request, SyncRun::Owner owner) {
  owner.outlives_session = setting.scenario->Has(ScenarioOption::kOutliveSession);
  auto run = std::make_shared<SyncRun>(std::move(request), std::move(owner));
  const HRESULT entered = run->Enter();
  if (FAILED(entered)) return entered;
  return std::make_shared<ScriptedRun>(std::move(setting), std::move(run))->Begin();
}

ScriptedRun::ScriptedRun(Setting setting, std::shared_ptr<SyncRun> run)
    : setting_(std::move(setting)), run_(std::move(run)) {}

HRESULT ScriptedRun::Begin() {
  const Scenario& scenario = *setting_.scenario;
  HANDLE* const slot = run_->request().event_slot;
  if (Has(ScenarioOption::kForgetSignal)) run_->ForgetSignal();
  if (!Has(ScenarioOption::kNoEvent)) {
    const bool is_auto = Has(ScenarioOption::kAutoResetEvent);
    if (!run_->event().Create(is_auto ? DoneEvent::Reset::kAuto : DoneEvent::Reset::kManual)) {
      return mapi::MAPI_E_NOT_ENOUGH_RESOURCES;
    }
    *slot = run_->event().handle();
  }
  const std::size_t return_index = scenario.ReturnIndex();
  const bool has_return = return_index < scenario.steps.size();
  const std::size_t thread_begin = has_return ? return_index + 1 : 0;
  const HRESULT result = has_return ? static_cast<HRESULT>(scenario.steps[return_index].number) : S_OK;
  has_failed_ = FAILED(result);

  const Verdict verdict = has_return ? Play(0, return_index) : Verdict::kGoOn;
  if (has_failed_ && !Has(ScenarioOption::kEventOnFailure)) *slot = nullptr;
  if (verdict == Verdict::kVanish) {
    run_->NeverLetGo();
    return result;
  }
  if (verdict == Verdict::kGoOn && (thread_begin < scenario.steps.size() || !has_return)) {
    const bool has_started = SyncRun::StartThread(run_, [self = shared_from_this(), thread_begin] {
      const std::unique_ptr<Multithreaded> apartment =
          self->NeedsApartment() ? std::make_unique<Multithreaded>() : nullptr;
      if (self->Play(thread_begin, self->setting_.scenario->steps.size()) == Verdict::kVanish) return false;
      self->CleanUp();
      // Here, since a proxy must be released in its apartment.
      self->run_->LetGo();
      return true;
    });
    if (has_started) return result;
    *slot = nullptr;
    run_->event().CloseHandleOfClient();
    return mapi::MAPI_E_NOT_ENOUGH_RESOURCES;
  }
  CleanUp();
  run_->LetGo();
  run_->Signal();
  return result;
}

ScriptedRun::Verdict ScriptedRun::Play(std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to && !ShouldEnd(); ++i) {
    const ScenarioStep& step = setting_.scenario->steps[i];
    if (step.kind == StepKind::kEnd) return Verdict::kVanish;
    PlayRounds(step);
  }
  if (!ShouldEnd()) return Verdict::kGoOn;
  // What a well-behaved provider tells a client that wants no more.
  if (!is_done_.exchange(true)) run_->CallDone(mapi::MAPI_E_USER_CANCEL);
  return Verdict::kOver;
}

void ScriptedRun::PlayRounds(const ScenarioStep& step) {
  for (std::uint32_t i = 0; i < step.rounds && !ShouldEnd(); ++i) {
    if (step.threads == 1) {
      PlayRepeated(step);
    } else {
      RunInThreads(step.threads, [this, &step] { PlayRepeated(step); });
    }
  }
}

void ScriptedRun::PlayRepeated(const ScenarioStep& step) {
  const auto begin = std::chrono::steady_clock::now();
  std::uint32_t played = 0;
  for (; played < step.repeat && !ShouldEnd(); ++played) PlayOnce(step, played + 1);
  if (step.repeat == 1) return;
  // For the benchmark: what a repeated step costs its provider.
  const auto took = std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - begin);
  Live().repeat_calls.fetch_add(played, std::memory_order_relaxed);
  Live().repeat_ns.fetch_add(static_cast<std::uint64_t>(took.count()), std::memory_order_relaxed);
}

void ScriptedRun::PlayOnce(const ScenarioStep& step, std::uint32_t round) {
  switch (step.kind) {
    case StepKind::kProgress:
      CallProgress(step, round);
      break;
    case StepKind::kError:
      Answered(run_->callback()->Error(static_cast<HRESULT>(step.number), TextOf(step)));
      break;
    case StepKind::kDone:
      CallDone(step);
      break;
    case StepKind::kSleep:
      run_->stop().WaitFor(step.number);
      break;
    case StepKind::kSignal:
      run_->Signal();
      break;
    case StepKind::kSetEvent:
      *run_->request().event_slot = MakeHandle(step.handle);
      break;
    case StepKind::kBlock:
      BlockForEver();
    case StepKind::kPumpMessage: {
      MessageWindow window;
      window.PumpOwnMessage(run_->stop());
      break;
    }
    case StepKind::kSendMessage:
      if (setting_.opener_window != nullptr) setting_.opener_window->AskOwner(run_->stop());
      break;
    case StepKind::kQueryCallback:
      QueryCallback();
      break;
    case StepKind::kAddRef:
      for (std::uint32_t i = 0; i < step.number; ++i) {
        run_->callback()->AddRef();
        Live().callback_references.fetch_add(1, std::memory_order_relaxed);
      }
      break;
    case StepKind::kRelease:
      for (std::uint32_t i = 0; i < step.number; ++i) {
        run_->callback()->Release();
        Live().callback_references.fetch_sub(1, std::memory_order_relaxed);
      }
      break;
    case StepKind::kNested:
      CallNested();
      break;
    case StepKind::kMake:
      Make(step.thing);
      break;
    case StepKind::kUse:
      if (!caller_thread_.Use(step.thing, run_->stop())) run_->stop().Wait();
      break;
    case StepKind::kRegister:
      RegisterCallback();
      break;
    case StepKind::kFetch:
      FetchCallback();
      break;
    case StepKind::kCrash:
      WriteToNowhere();
      break;
    case StepKind::kThrow:
      throw std::runtime_error("thrown by a scenario");
    case StepKind::kReturn:
    case StepKind::kEnd:
      break;  // Begin and Play have seen to these
  }
}

void ScriptedRun::CleanUp() {
  caller_thread_.Clear();
  global_callback_.Revoke();
  // Closed here is what the client has no way to know to be its own.
  const bool is_left_to_client = !is_done_.load() && !has_failed_;
  if (!run_->has_handed_over() && !is_left_to_client) run_->event().CloseHandleOfClient();
  for (const HANDLE handle : own_handles_) CloseHandle(handle);
  if (Has(ScenarioOption::kKeepCallback)) run_->request().callback.Leak();
  if (Has(ScenarioOption::kKeepSession)) static_cast<void>(run_->request().session.Detach());
}

void ScriptedRun::CallProgress(const ScenarioStep& step, std::uint32_t round) {
  Answered(run_->callback()->Progress(TextOf(step), step.counts_index ? round : step.number, step.max));
}

void ScriptedRun::CallDone(const ScenarioStep& step) {
  is_done_.store(true);
  const auto result = static_cast<HRESULT>(step.number);
  switch (step.handle) {
    case StepHandle::kEvent:
      run_->CallDone(result);
      break;
    case StepHandle::kOther:
      // Handed over, hence the client's to close.
      run_->callback()->Done(CreateEventW(nullptr, TRUE, TRUE, nullptr), result);
      break;
    default:
      run_->callback()->Done(MakeHandle(step.handle), result);
  }
}

HANDLE ScriptedRun::MakeHandle(StepHandle kind) {
  switch (kind) {
    case StepHandle::kEvent:
      return run_->event().handle();
    case StepHandle::kNull:
      return nullptr;
    case StepHandle::kOther: {
      const HANDLE handle = CreateEventW(nullptr, TRUE, TRUE, nullptr);
      const std::lock_guard lock(mutex_);
      if (handle != nullptr) own_handles_.push_back(handle);
      return handle;
    }
    case StepHandle::kInvalid:
      return INVALID_HANDLE_VALUE;
    case StepHandle::kClosed: {
      const HANDLE handle = CreateEventW(nullptr, TRUE, TRUE, nullptr);
      if (handle != nullptr) CloseHandle(handle);
      return handle;
    }
    case StepHandle::kGarbage:
      return kGarbageHandle;
  }
  return nullptr;
}

// A client that waits alertably inside its callback is called again there; for one that does not, the second call comes
// right after the first. Nothing else gives a provider the floor while its own call is under way.
void ScriptedRun::CallNested() {
  QueueUserAPC(&ProgressFromWithin, GetCurrentThread(), reinterpret_cast<ULONG_PTR>(run_->callback()));
  Answered(run_->callback()->Progress(L"around another call", 2, 2));
  SleepEx(0, TRUE);
}

void ScriptedRun::QueryCallback() {
  if (const wchar_t* complaint = FindWrongAnswer(run_->callback())) {
    Answered(run_->callback()->Error(E_UNEXPECTED, complaint));
  }
}

void ScriptedRun::Make(StepThing thing) {
  const HRESULT made = caller_thread_.Make(thing);
  if (FAILED(made)) Answered(run_->callback()->Error(made, L"a thing for the caller's thread could not be made"));
}

void ScriptedRun::RegisterCallback() {
  const HRESULT registered = global_callback_.Register(run_->callback());
  if (FAILED(registered)) {
    Answered(run_->callback()->Error(registered, L"the global interface table does not take the callback"));
  }
}

void ScriptedRun::FetchCallback() {
  mapi::IMAPISyncProgressCallback* fetched = nullptr;
  const HRESULT result = global_callback_.Fetch(&fetched);
  if (FAILED(result)) {
    Answered(run_->callback()->Error(result, L"the global interface table does not give the callback back"));
    return;
  }
  run_->request().callback.Adopt(fetched);
}

bool ScriptedRun::NeedsApartment() const {
  const std::vector<ScenarioStep>& steps = setting_.scenario->steps;
  return std::any_of(steps.begin(), steps.end(), [](const ScenarioStep& step) {
    return step.kind == StepKind::kFetch || (step.kind == StepKind::kUse && step.thing == StepThing::kObject);
  });
}

void ScriptedRun::Answered(HRESULT answer) {
  if (FAILED(answer)) is_cancelled_.store(true, std::memory_order_relaxed);
}

bool ScriptedRun::ShouldEnd() const {
  if (is_cancelled_.load(std::memory_order_relaxed) && !Has(ScenarioOption::kIgnoreCancel)) return true;
  return run_->is_asked_to_stop();
}

}  // namespace mapisync::sample
