#include "engine/imapisync/store_sync_job.h"

#include <algorithm>
#include <utility>

#include "engine/session/call_thread.h"
#include "engine/session/extended_error.h"
#include "engine/hresult.h"
#include "windows/unbiased_clock.h"

namespace mapisync {

namespace {

EventChannel::ThreadId CurrentThread() { return GetCurrentThreadId(); }

// The reader's thread, this one, and the session's are not made to wait: others wait for them.
EventChannel::Options ChannelOptions(const SyncRequest& request, const StoreCore& store) {
  return {request.delivery, request.hold_ms, &CurrentThread, {CurrentThread(), store.session().thread_id()}};
}

}  // namespace

std::shared_ptr<StoreSyncJob> StoreSyncJob::Create(std::shared_ptr<StoreCore> store, const SyncRequest& request,
                                                   std::shared_ptr<EventReader> reader) {
  std::shared_ptr<StoreSyncJob> run(new StoreSyncJob(std::move(store), request, std::move(reader)));
  run->sink_ = std::make_shared<SyncSink>(run->channel_, run);
  return run;
}

StoreSyncJob::StoreSyncJob(std::shared_ptr<StoreCore> store, const SyncRequest& request,
                           std::shared_ptr<EventReader> reader)
    : store_(std::move(store)),
      request_(request),
      channel_(std::make_shared<EventChannel>(ChannelOptions(request, *store_), std::move(reader))),
      done_event_([this] { OnEventSignalled(); }),
      stall_watch_(request.stall_ms) {}

void StoreSyncJob::BeginDeadlines() {
  const Lock lock(mutex_);
  if (state_.decided()) return;
  alarm_ = std::make_unique<Alarm>([weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->OnAlarm();
  });
  if (request_.timeout_ms != 0) timeout_at_ = UnbiasedMilliseconds() + request_.timeout_ms;
  SetAlarm(lock);
}

void StoreSyncJob::Begin() {
  bool over = false;
  {
    const Lock lock(mutex_);
    over = let_go_;
  }
  if (over) return store_->RunLetGo(*this);
  SessionCore& session = store_->session();
  const bool started = StartCallThread(session.library(), session.is_service(),
                                       [self = shared_from_this()](HRESULT result) { self->Call(result); });
  if (!started) Refuse(Unsigned(mapi::MAPI_E_NOT_ENOUGH_RESOURCES));
}

void StoreSyncJob::Refuse(std::uint32_t hresult) {
  Carry(Change([hresult](SyncState& state) { return state.Refused(hresult); }));
}

void StoreSyncJob::Cancel() {
  Carry(Change([](SyncState& state) { return state.Cancel(); }));
}

void StoreSyncJob::Call(HRESULT mapi_result) {
  if (FAILED(mapi_result)) return Refuse(Unsigned(mapi_result));
  if (!Change([](SyncState& state) { return state.BeginCall(); }).tell_start) return;
  channel_->Start(request_.flags);
  SyncState::Step step;
  {
    const Lock lock(mutex_);
    step = state_.StartTold();
    if (!step.end && request_.stall_ms != 0) {
      const std::uint64_t now = UnbiasedMilliseconds();
      stall_watch_.Begin(now, channel_->activity());
      stall_look_at_ = now + stall_watch_.interval_ms();
      SetAlarm(lock);
    }
  }
  if (step.end) return Carry(step);

  const StorePointers& pointers = store_->pointers();
  callback_ = new ProgressCallback({request_.flags, store_->session().mapi_session()}, sink_);
  const HRESULT result = pointers.sync->SynchronizeInBackground(callback_->request());

  std::u16string text;
  if (FAILED(result)) {
    text = DescribeFailure(*store_->session().library(), pointers.store.get(), "", result).detail;
  } else {
    done_event_.Watch(callback_->done_event());
  }
  step = Change([result](SyncState& state) { return state.CallReturned(Unsigned(result)); });
  AnswerReturned(Unsigned(result));
  if (step.end) End(*step.end, std::move(text));
  CheckLetGo();
}

void StoreSyncJob::OnDone(std::uint32_t hresult, void* event) noexcept {
  bool started = false;
  {
    const Lock lock(mutex_);
    done_arrived_ = true;
    started = state_.returned() && !IsFailure(state_.call_result().value_or(kCallFailed));
  }
  done_event_.HandBack(event);
  // Written by the provider's thread after the call had returned, perhaps.
  if (started) done_event_.Watch(callback_->done_event());
  Carry(Change([hresult](SyncState& state) { return state.Done(hresult); }));
  CheckLetGo();
}

void StoreSyncJob::OnReaderStalled() noexcept {
  Carry(Change([](SyncState& state) { return state.ReaderStalled(); }));
}

void StoreSyncJob::OnUnreferenced() noexcept { CheckLetGo(); }

void StoreSyncJob::OnEventSignalled() {
  Carry(Change([](SyncState& state) { return state.EventSignalled(); }));
  CheckLetGo();
}

void StoreSyncJob::OnAlarm() {
  SyncState::Step step;
  {
    const Lock lock(mutex_);
    const std::uint64_t now = UnbiasedMilliseconds();
    const auto is_due = [now](const std::optional<std::uint64_t>& time) { return time && now >= *time; };
    if (is_due(timeout_at_)) {
      step = state_.TimedOut();
    } else if (is_due(grace_over_at_)) {
      grace_over_at_.reset();
      step = state_.GraceOver();
    } else if (is_due(stall_look_at_)) {
      if (stall_watch_.IsStalled(now, channel_->activity())) step = state_.Stalled();
      stall_look_at_ = now + stall_watch_.interval_ms();
    }
    if (!state_.decided()) SetAlarm(lock);
  }
  Carry(step);
  CheckLetGo();
}

void StoreSyncJob::SetAlarm(const Lock& /*lock*/) {
  if (!alarm_) return;
  std::optional<std::uint64_t> next = event_overdue_at_;
  for (const auto& time : {timeout_at_, grace_over_at_, stall_look_at_}) {
    if (state_.decided()) break;
    if (time && (!next || *time < *next)) next = time;
  }
  if (!next) return;
  const std::uint64_t now = UnbiasedMilliseconds();
  alarm_->Set(*next > now ? *next - now : 0);
}

SyncState::Step StoreSyncJob::Change(const std::function<SyncState::Step(SyncState&)>& change) {
  const Lock lock(mutex_);
  const SyncState::Step step = change(state_);
  if (step.begin_grace) {
    grace_over_at_ = UnbiasedMilliseconds() + SyncState::kGraceMs;
    SetAlarm(lock);
  }
  return step;
}

void StoreSyncJob::Carry(const SyncState::Step& step) {
  if (step.tell_start) channel_->Start(request_.flags);
  if (step.end) End(*step.end, {});
}

void StoreSyncJob::End(const RunEnd& end, std::u16string text) {
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
  bool never_called = false;
  {
    const Lock lock(mutex_);
    end_told_ = true;
    never_called = !state_.called() && !state_.calling();
  }
  if (never_called) AnswerReturned(std::nullopt);
  CheckLetGo();
}

std::optional<std::uint32_t> StoreSyncJob::done() const {
  const Lock lock(mutex_);
  return state_.done();
}

RunCounts StoreSyncJob::counts() const { return {channel_->updates(), channel_->problems(), channel_->bytes_in_use()}; }

void StoreSyncJob::WhenReturned(std::function<void(std::optional<std::uint32_t>)> answer) {
  std::optional<std::uint32_t> result;
  {
    const Lock lock(mutex_);
    const bool never_called = end_told_ && !state_.called() && !state_.calling();
    if (!state_.returned() && !never_called) {
      waiting_for_return_.push_back(std::move(answer));
      return;
    }
    result = state_.call_result();
  }
  answer(result);
}

void StoreSyncJob::AnswerReturned(std::optional<std::uint32_t> result) {
  std::vector<std::function<void(std::optional<std::uint32_t>)>> waiting;
  {
    const Lock lock(mutex_);
    waiting.swap(waiting_for_return_);
  }
  for (const auto& answer : waiting) answer(result);
}

void StoreSyncJob::WhenLetGo(std::uint32_t grace_ms, std::function<void(bool)> answer) {
  const auto bounded = std::make_shared<BoundedAnswer>(std::move(answer));
  bool let_go = false;
  {
    const Lock lock(mutex_);
    let_go = let_go_;
    if (!let_go) waiting_for_let_go_.push_back(bounded);
  }
  if (let_go) {
    bounded->Give(true);
  } else {
    bounded->Limit(grace_ms);
  }
}

// As run.h has it.
bool StoreSyncJob::HasLetGo(const Lock& lock) {
  if (!end_told_ || state_.calling()) return false;
  if (!state_.called()) return true;
  // First ask to be told, then look: whichever reference goes between the two is noticed by one of them.
  callback_->WatchReferences();
  if (callback_->referenced()) return false;
  if (IsFailure(state_.call_result().value_or(kOk))) return true;
  if (!done_event_.watched()) return done_arrived_ || callback_->counted_well();
  if (done_event_.signalled()) return true;
  if (!done_arrived_) return false;
  const std::uint64_t now = UnbiasedMilliseconds();
  if (!event_overdue_at_) event_overdue_at_ = now + SyncState::kGraceMs;
  if (now >= *event_overdue_at_) return true;
  SetAlarm(lock);
  return false;
}

void StoreSyncJob::CheckLetGo() {
  std::vector<std::shared_ptr<BoundedAnswer>> waiting;
  {
    const Lock lock(mutex_);
    if (let_go_ || !HasLetGo(lock)) return;
    let_go_ = true;
    waiting.swap(waiting_for_let_go_);
  }
  SessionCore& session = store_->session();
  // Before the session hears of it, which may be waiting for this to end its thread.
  session.Post([self = shared_from_this()] { self->TakeBack(); });
  store_->RunLetGo(*this);
  session.RunLetGo(*this);
  for (const auto& answer : waiting) answer->Give(true);
}

void StoreSyncJob::TakeBack() {
  std::unique_ptr<Alarm> alarm;
  {
    const Lock lock(mutex_);
    alarm = std::move(alarm_);
  }
  // Waits for a ring that is under way, which may want the lock.
  alarm.reset();
  done_event_.Close();
  if (callback_ == nullptr) return;
  callback_->ReleaseSession();
  if (callback_->counted_well()) {
    callback_->LetGo();
  } else {
    store_->session().KeepStray(callback_);
  }
}

}  // namespace mapisync
