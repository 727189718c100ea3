// The state of one run, and the rule by which it ends once. Portable; knows no thread and no clock: whoever calls it
// holds the job's lock, and does afterwards, under no lock, what the answer says.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/run.h"

namespace mapisync {

struct RunEnd {
  EndReason reason;
  std::uint32_t hresult;
  // What Done brought, where the call's own failure decided; else 0.
  std::uint32_t other_hresult;
};

class SyncState {
 public:
  // How long a Done that came during the call waits for the call to return, and a signalled event for its Done.
  static constexpr std::uint32_t kGraceMs = 2000;

  // What is to be done now, in this order.
  struct Step {
    bool tell_start = false;
    std::optional<RunEnd> end;
    // GraceOver is to be called kGraceMs from now.
    bool begin_grace = false;
  };

  // The call is about to be made. tell_start: tell it, then ask StartTold. Otherwise the run has ended; nothing is
  // called.
  Step BeginCall();
  // Start has been told. If the answer has an end, somebody ended the run meanwhile: nothing is called.
  Step StartTold();
  Step CallReturned(std::uint32_t hresult);

  // The provider's signs of life. The first Done counts.
  Step Done(std::uint32_t hresult);
  Step EventSignalled();
  Step GraceOver();

  // The ways in which it ends from our side.
  Step Cancel();
  Step TimedOut();
  Step Stalled();
  Step ReaderStalled();
  // The run cannot be made at all: no interface, no thread.
  Step Refused(std::uint32_t hresult);

  // Is the end decided? Its telling may still be under way on another thread.
  bool decided() const { return decided_; }
  // Does (or may) the SynchronizeInBackground call run?
  bool calling() const { return phase_ == Phase::kTellingStart || phase_ == Phase::kCalling; }
  // Was the call made?
  bool called() const { return phase_ == Phase::kCalling || phase_ == Phase::kReturned; }
  bool returned() const { return phase_ == Phase::kReturned; }
  // Of the first Done before the end.
  std::optional<std::uint32_t> done() const { return done_; }
  std::optional<std::uint32_t> call_result() const { return call_result_; }

 private:
  // How far the call is. The end is apart from it: a run can end in every phase, and its call goes on.
  enum class Phase : std::uint8_t { kQueued, kTellingStart, kCalling, kReturned, kNeverCalled };

  Step Decide(const RunEnd& end);
  Step EndFromOurSide(EndReason reason, std::uint32_t hresult);

  Phase phase_ = Phase::kQueued;
  bool decided_ = false;
  bool signalled_ = false;
  // Decided while Start was being told: told after it.
  std::optional<RunEnd> waiting_end_;
  std::optional<std::uint32_t> done_;
  std::optional<std::uint32_t> call_result_;
};

}  // namespace mapisync
