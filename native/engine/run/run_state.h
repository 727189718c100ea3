// The state of one run, and the rule by which it ends once. Portable; it knows no thread and no clock: the caller holds
// the job's lock, and afterwards does, under no lock, what the answer says.
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
  // kNotCalled: the operation that failed, such as "MAPIInitialize". A text that lives for ever.
  const char* operation = "";
};

class RunState {
 public:
  // How long a Done that came during the call waits for the call to return, and a signalled event for its Done.
  static constexpr std::uint32_t kGraceMs = 2000;

  // What the caller has to do now, in this order.
  struct Step {
    bool tell_start = false;
    std::optional<RunEnd> end;
    // GraceOver is to be called kGraceMs from now.
    bool begin_grace = false;
    // The provider is busy: CallAgain is to be asked after a pause.
    bool begin_pause = false;
  };

  // The call is about to be made. tell_start: the caller tells the start, then asks StartTold. Otherwise the run has
  // ended, and nothing is called.
  Step BeginCall();
  // Start has been told. If the answer has an end, somebody has ended the run meanwhile, and nothing is called.
  Step StartTold();
  // A provider that answers MAPI_E_BUSY, and has not called Done, is called again after a pause.
  Step CallReturned(std::uint32_t hresult);
  // The pause is over. False: the run has ended meanwhile, and nothing is called.
  bool CallAgain();

  // The provider's signs of life. The first Done counts.
  Step Done(std::uint32_t hresult);
  Step EventSignalled();
  Step GraceOver();

  // The ways in which we end the run.
  Step Cancel();
  Step TimedOut();
  Step Stalled();
  Step ReaderStalled();
  // The call cannot be made at all: there is no interface, no thread, or no MAPI on the thread.
  Step Refused(std::uint32_t hresult, const char* operation);

  // Is the end decided? Another thread may still be telling it.
  bool decided() const { return decided_; }
  // Does the SynchronizeInBackground call run, or may it?
  bool calling() const { return phase_ == Phase::kTellingStart || phase_ == Phase::kCalling; }
  // Was the call made?
  bool called() const { return phase_ == Phase::kCalling || phase_ == Phase::kPaused || phase_ == Phase::kReturned; }
  // Has the call returned for the last time?
  bool returned() const { return phase_ == Phase::kReturned; }
  // Of the first Done before the end.
  std::optional<std::uint32_t> done() const { return done_; }
  // Of the last call.
  std::optional<std::uint32_t> call_result() const { return call_result_; }

 private:
  // How far the call is. The end is apart from it: a run can end in every phase, and its call goes on.
  enum class Phase : std::uint8_t { kQueued, kTellingStart, kCalling, kPaused, kReturned, kNeverCalled };

  Step Decide(const RunEnd& end);
  Step EndFromOurSide(const RunEnd& end);

  Phase phase_ = Phase::kQueued;
  bool decided_ = false;
  bool signalled_ = false;
  // Decided while Start was being told: told after it.
  std::optional<RunEnd> waiting_end_;
  std::optional<std::uint32_t> done_;
  std::optional<std::uint32_t> call_result_;
};

}  // namespace mapisync
