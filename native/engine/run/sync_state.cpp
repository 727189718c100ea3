#include "engine/run/sync_state.h"

#include <utility>

#include "engine/hresult.h"

namespace mapisync {

SyncState::Step SyncState::BeginCall() {
  Step step;
  if (decided_ || phase_ != Phase::kQueued) return step;
  phase_ = Phase::kTellingStart;
  step.tell_start = true;
  return step;
}

SyncState::Step SyncState::StartTold() {
  Step step;
  step.end = std::exchange(waiting_end_, std::nullopt);
  phase_ = step.end ? Phase::kNeverCalled : Phase::kCalling;
  return step;
}

SyncState::Step SyncState::CallReturned(std::uint32_t hresult) {
  phase_ = Phase::kReturned;
  call_result_ = hresult;
  if (IsFailure(hresult)) return Decide({EndReason::kCallFailed, hresult, done_.value_or(0)});
  if (done_) return Decide({EndReason::kDone, *done_, 0});
  return {};
}

SyncState::Step SyncState::Done(std::uint32_t hresult) {
  Step step;
  if (decided_ || done_) return step;
  done_ = hresult;
  if (phase_ == Phase::kReturned) return Decide({EndReason::kDone, hresult, 0});
  step.begin_grace = true;
  return step;
}

SyncState::Step SyncState::EventSignalled() {
  Step step;
  if (decided_ || signalled_) return step;
  signalled_ = true;
  step.begin_grace = true;
  return step;
}

SyncState::Step SyncState::GraceOver() {
  if (done_) return Decide({EndReason::kDone, *done_, 0});
  if (signalled_) return Decide({EndReason::kNoResult, kCallFailed, 0});
  return {};
}

SyncState::Step SyncState::Cancel() { return EndFromOurSide(EndReason::kCancelled, kUserCancel); }

SyncState::Step SyncState::TimedOut() { return EndFromOurSide(EndReason::kTimeout, kTimedOut); }

SyncState::Step SyncState::Stalled() { return EndFromOurSide(EndReason::kStalled, kTimedOut); }

SyncState::Step SyncState::ReaderStalled() { return EndFromOurSide(EndReason::kReaderStalled, kTimedOut); }

SyncState::Step SyncState::Refused(std::uint32_t hresult) { return EndFromOurSide(EndReason::kCallFailed, hresult); }

SyncState::Step SyncState::Decide(const RunEnd& end) {
  Step step;
  if (decided_) return step;
  decided_ = true;
  step.end = end;
  return step;
}

SyncState::Step SyncState::EndFromOurSide(EndReason reason, std::uint32_t hresult) {
  Step step = Decide({reason, hresult, 0});
  if (!step.end) return step;
  if (phase_ == Phase::kQueued) {
    phase_ = Phase::kNeverCalled;
    step.tell_start = true;
  } else if (phase_ == Phase::kTellingStart) {
    // Whoever tells Start now will find the end waiting.
    waiting_end_ = std::exchange(step.end, std::nullopt);
  }
  return step;
}

}  // namespace mapisync
