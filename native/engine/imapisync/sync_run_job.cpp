#include "engine/imapisync/sync_run_job.h"

#include <cstring>
#include <new>
#include <utility>

#include "engine/hresult.h"
#include "engine/session/call_thread.h"
#include "engine/session/extended_error.h"
#include "windows/unbiased_clock.h"

namespace mapisync {

namespace {

EventChannel::ThreadId CurrentThread() { return GetCurrentThreadId(); }

// The reader's thread, which this one is, and the session's must not wait, since others wait for them.
EventChannel::Options ChannelOptions(const SyncRequest& request, const StoreCore& store) {
  return {request.delivery, request.hold_ms, &CurrentThread, {CurrentThread(), store.session().thread_id()}};
}

// Whoever hears of a let-go does without memory what it can; the others are to hear of it all the same.
template <typename Act>
void GoOn(const Act& act) noexcept {
  try {
    act();
  } catch (const std::bad_alloc&) {
    return;
  }
}

}  // namespace

std::shared_ptr<SyncRunJob> SyncRunJob::Create(std::shared_ptr<StoreCore> store, const SyncRequest& request,
                                               std::shared_ptr<EventReader> reader) {
  std::shared_ptr<SyncRunJob> run(new SyncRunJob(std::move(store), request, std::move(reader)));
  run->sink_ = std::make_shared<SyncSink>(run->channel_, run);
  run->alarm_ = std::make_unique<Alarm>([weak = run->weak_from_this()] {
    if (const auto self = weak.lock()) self->OnAlarm();
  });
  return run;
}

SyncRunJob::SyncRunJob(std::shared_ptr<StoreCore> store, const SyncRequest& request,
                       std::shared_ptr<EventReader> reader)
    : store_(std::move(store)),
      request_(request),
      channel_(std::make_shared<EventChannel>(ChannelOptions(request, *store_), std::move(reader))),
      call_([this] { OnEventSignalled(); }),
      limits_(request) {}

void SyncRunJob::BeginDeadlines() noexcept {
  const Lock lock(mutex_);
  if (state_.decided()) return;
  const std::uint64_t now = UnbiasedMilliseconds();
  limits_.Begin(now);
  SetAlarm(lock, now);
}

void SyncRunJob::Begin() noexcept {
  bool over = false;
  {
    const Lock lock(mutex_);
    over = let_go_;
  }
  if (over) {
    GoOn([this] { store_->RunLetGo(*this); });
  } else {
    StartCall();
  }
}

void SyncRunJob::StartCall() noexcept {
  bool started = false;
  try {
    SessionCore& session = store_->session();
    started = StartCallThread(session.library(), session.is_service(),
                              [self = shared_from_this()](HRESULT result) { self->Call(result); });
  } catch (const std::bad_alloc&) {
    // No thread either.
  }
  if (!started) Refuse(Unsigned(mapi::MAPI_E_NOT_ENOUGH_RESOURCES), "CreateThread");
}

void SyncRunJob::Refuse(std::uint32_t hresult, const char* operation) noexcept {
  Perform(Change([=](RunState& state) { return state.Refused(hresult, operation); }));
}

void SyncRunJob::Cancel() noexcept {
  Perform(Change([](RunState& state) { return state.Cancel(); }));
}

bool SyncRunJob::TellStart() noexcept {
  if (!Change([](RunState& state) { return state.BeginCall(); }).tell_start) return false;
  channel_->Start(request_.flags);
  RunState::Step step;
  {
    const Lock lock(mutex_);
    step = state_.StartTold();
    if (!step.end) {
      const std::uint64_t now = UnbiasedMilliseconds();
      limits_.BeginSilence(now, channel_->activity());
      SetAlarm(lock, now);
    }
  }
  if (!step.end) return true;
  Perform(step);
  return false;
}

void SyncRunJob::Call(HRESULT mapi_result) noexcept {
  if (FAILED(mapi_result)) return Refuse(Unsigned(mapi_result), "MAPIInitialize");
  bool again = false;
  {
    const Lock lock(mutex_);
    again = state_.CallAgain();
  }
  if (!again && !TellStart()) return;

  const StorePointers& pointers = store_->pointers();
  SessionCore& session = store_->session();
  const HRESULT result = call_.Perform(pointers.sync.get(), {request_.flags, session.mapi_session()}, sink_);

  std::u16string text;
  if (FAILED(result)) {
    try {
      text = DescribeFailure(*session.library(), pointers.store.get(), "", result).detail;
    } catch (const std::bad_alloc&) {
      // The code says what has failed.
    }
  }
  const RunState::Step step = Change([result](RunState& state) { return state.CallReturned(Unsigned(result)); });
  if (!step.begin_pause) waiters_.Returned(Unsigned(result));
  if (step.end) End(*step.end, std::move(text));
  CheckLetGo();
}

void SyncRunJob::OnDone(std::uint32_t hresult, void* event) noexcept {
  bool started = false;
  {
    const Lock lock(mutex_);
    done_arrived_ = true;
    started = state_.returned() && !IsFailure(state_.call_result().value_or(kCallFailed));
  }
  call_.TakeDoneEvent(event, started);
  Perform(Change([hresult](RunState& state) { return state.Done(hresult); }));
  CheckLetGo();
}

void SyncRunJob::OnReaderStalled() noexcept {
  Perform(Change([](RunState& state) { return state.ReaderStalled(); }));
}

void SyncRunJob::OnUnreferenced() noexcept { CheckLetGo(); }

void SyncRunJob::OnEventSignalled() noexcept {
  Perform(Change([](RunState& state) { return state.EventSignalled(); }));
  CheckLetGo();
}

void SyncRunJob::OnAlarm() noexcept {
  RunState::Step step;
  bool call_again = false;
  {
    const Lock lock(mutex_);
    const std::uint64_t now = UnbiasedMilliseconds();
    switch (limits_.TakeDue(now, channel_->activity())) {
      case RunLimits::Due::kNothing:
        break;
      case RunLimits::Due::kTimeout:
        step = state_.TimedOut();
        break;
      case RunLimits::Due::kGraceOver:
        step = state_.GraceOver();
        break;
      case RunLimits::Due::kCallAgain:
        call_again = !state_.decided();
        break;
      case RunLimits::Due::kStall:
        step = state_.Stalled();
        break;
    }
    SetAlarm(lock, now);
  }
  if (call_again) StartCall();
  Perform(step);
  CheckLetGo();
}

void SyncRunJob::SetAlarm(const Lock& /*lock*/, std::uint64_t now_ms) noexcept {
  if (!alarm_) return;
  if (const auto wait = limits_.UntilNext(now_ms, state_.decided())) alarm_->Set(*wait);
}

template <typename Input>
RunState::Step SyncRunJob::Change(const Input& input) noexcept {
  const Lock lock(mutex_);
  const RunState::Step step = input(state_);
  if (step.begin_grace || step.begin_pause) {
    const std::uint64_t now = UnbiasedMilliseconds();
    if (step.begin_grace) limits_.BeginGrace(now);
    if (step.begin_pause) limits_.BeginPause(now);
    SetAlarm(lock, now);
  }
  return step;
}

void SyncRunJob::Perform(const RunState::Step& step) noexcept {
  if (step.tell_start) channel_->Start(request_.flags);
  if (!step.end) return;
  std::u16string text;
  try {
    const char* const operation = step.end->operation;
    text.assign(operation, operation + std::strlen(operation));
  } catch (const std::bad_alloc&) {
    // The code says what has failed.
  }
  End(*step.end, std::move(text));
}

void SyncRunJob::End(const RunEnd& end, std::u16string text) noexcept {
  const bool by_itself =
      end.reason == EndReason::kDone || end.reason == EndReason::kCallFailed || end.reason == EndReason::kNoResult;
  if (by_itself) {
    sink_->Close();
  } else {
    sink_->Refuse();
  }
  channel_->CloseForProvider();
  // Before End is there to be seen: whoever is woken by it finds that the run has ended.
  ended_.store(true);
  channel_->End(static_cast<std::uint32_t>(end.reason), end.hresult, end.other_hresult, std::move(text));
  bool is_no_call_awaited = false;
  std::optional<std::uint32_t> result;
  {
    const Lock lock(mutex_);
    end_told_ = true;
    is_no_call_awaited = !state_.calling();
    result = state_.call_result();
  }
  if (is_no_call_awaited) waiters_.Returned(result);
  CheckLetGo();
}

std::optional<std::uint32_t> SyncRunJob::done() const {
  const Lock lock(mutex_);
  return state_.done();
}

RunCounts SyncRunJob::counts() const {
  return {channel_->updates(), channel_->problems(), channel_->overtaken(), channel_->bytes_in_use()};
}

void SyncRunJob::WhenReturned(std::function<void(std::optional<std::uint32_t>)> answer) {
  waiters_.WhenReturned(std::move(answer));
}

void SyncRunJob::WhenLetGo(std::uint32_t grace_ms, std::function<void(bool)> answer) {
  waiters_.WhenLetGo(grace_ms, std::move(answer));
}

bool SyncRunJob::HasLetGo(const Lock& /*lock*/, std::uint64_t now_ms) noexcept {
  LetGoFacts facts;
  facts.end_told = end_told_;
  facts.call_under_way = state_.calling();
  facts.called = state_.called();
  facts.call_failed = IsFailure(state_.call_result().value_or(kOk));
  facts.done_arrived = done_arrived_;
  if (facts.end_told && facts.called && !facts.call_under_way) call_.AddFacts(&facts);
  switch (mapisync::HasLetGo(facts)) {
    case LetGo::kYes:
      return true;
    case LetGo::kWhenEventOverdue:
      return limits_.IsEventOverdue(now_ms);
    case LetGo::kNo:
      break;
  }
  return false;
}

void SyncRunJob::CheckLetGo() noexcept {
  SessionCore& session = store_->session();
  {
    const Lock lock(mutex_);
    const std::uint64_t now = UnbiasedMilliseconds();
    if (let_go_) return;
    if (!HasLetGo(lock, now)) return SetAlarm(lock, now);
    let_go_ = true;
  }
  try {
    // Before the session hears of it, which may be waiting for this to end its thread.
    session.Post([self = shared_from_this()] { self->ReleaseOnSessionThread(); });
  } catch (const std::bad_alloc&) {
    const Lock lock(mutex_);
    const std::uint64_t now = UnbiasedMilliseconds();
    let_go_ = false;
    limits_.LookAgainForLetGo(now);
    return SetAlarm(lock, now);
  }
  GoOn([this] { store_->RunLetGo(*this); });
  GoOn([this, &session] { session.RunLetGo(*this); });
  waiters_.LetGo();
}

void SyncRunJob::ReleaseOnSessionThread() {
  std::unique_ptr<Alarm> alarm;
  {
    const Lock lock(mutex_);
    alarm = std::move(alarm_);
  }
  // Waits for a ring that is under way, which may want the lock.
  alarm.reset();
  call_.ReleaseOnSessionThread(store_->session());
}

}  // namespace mapisync
