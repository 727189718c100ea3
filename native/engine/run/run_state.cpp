#include "engine/run/run_state.h"

#include <utility>

#include "engine/hresult.h"

namespace mapisync {

RunState::Step RunState::BeginCall() {
  Step step;
  if (decided_ || phase_ != Phase::kQueued) return step;
  phase_ = Phase::kTellingStart;
  step.tell_start = true;
  return step;
}

RunState::Step RunState::StartTold() {
  Step step;
  step.end = std::exchange(waiting_end_, std::nullopt);
  phase_ = step.end ? Phase::kNeverCalled : Phase::kCalling;
  return step;
}

RunState::Step RunState::CallReturned(std::uint32_t hresult) {
  call_result_ = hresult;
  if (hresult == kBusy && !decided_ && !done_) {
    phase_ = Phase::kPaused;
    Step step;
    step.begin_pause = true;
    return step;
  }
  phase_ = Phase::kReturned;
  if (IsFailure(hresult)) return Decide({EndReason::kCallFailed, hresult, done_.value_or(0)});
  if (done_) return Decide({EndReason::kDone, *done_, 0});
  return {};
}

bool RunState::CallAgain() {
  if (phase_ != Phase::kPaused) return false;
  phase_ = Phase::kCalling;
  return true;
}

RunState::Step RunState::Done(std::uint32_t hresult) {
  Step step;
  if (decided_ || done_) return step;
  done_ = hresult;
  if (phase_ == Phase::kReturned) return Decide({EndReason::kDone, hresult, 0});
  if (phase_ == Phase::kPaused) {
    // The provider has worked on the call that it refused: it is not asked a second time.
    phase_ = Phase::kReturned;
    return Decide({EndReason::kCallFailed, *call_result_, hresult});
  }
  step.begin_grace = true;
  return step;
}

RunState::Step RunState::EventSignalled() {
  Step step;
  if (decided_ || signalled_) return step;
  signalled_ = true;
  step.begin_grace = true;
  return step;
}

RunState::Step RunState::GraceOver() {
  if (done_) return Decide({EndReason::kDone, *done_, 0});
  if (signalled_) return Decide({EndReason::kNoResult, kCallFailed, 0});
  return {};
}

RunState::Step RunState::Cancel() { return EndFromOurSide({EndReason::kCancelled, kUserCancel, 0}); }

RunState::Step RunState::TimedOut() { return EndFromOurSide({EndReason::kTimeout, kTimedOut, 0}); }

RunState::Step RunState::Stalled() { return EndFromOurSide({EndReason::kStalled, kTimedOut, 0}); }

RunState::Step RunState::ReaderStalled() { return EndFromOurSide({EndReason::kReaderStalled, kTimedOut, 0}); }

RunState::Step RunState::Refused(std::uint32_t hresult, const char* operation) {
  return EndFromOurSide({EndReason::kNotCalled, hresult, 0, operation});
}

RunState::Step RunState::Decide(const RunEnd& end) {
  Step step;
  if (decided_) return step;
  decided_ = true;
  step.end = end;
  return step;
}

RunState::Step RunState::EndFromOurSide(const RunEnd& end) {
  Step step = Decide(end);
  if (!step.end) return step;
  if (phase_ == Phase::kQueued) {
    phase_ = Phase::kNeverCalled;
    step.tell_start = true;
  } else if (phase_ == Phase::kTellingStart) {
    // The thread that tells Start now will find the end waiting.
    waiting_end_ = std::exchange(step.end, std::nullopt);
  } else if (phase_ == Phase::kPaused) {
    phase_ = Phase::kReturned;
  }
  return step;
}

}  // namespace mapisync
