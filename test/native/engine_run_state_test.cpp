// The run's state machine: each row of the table of ends, and every order of events up to a length, against a rule
// written differently.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "check.h"
#include "engine/run/run_state.h"

namespace mapisync {
namespace {

constexpr std::uint32_t kSuccess = 0;
constexpr std::uint32_t kPartial = 0x00040680;       // MAPI_W_PARTIAL_COMPLETION
constexpr std::uint32_t kNetworkError = 0x80040115;  // MAPI_E_NETWORK_ERROR
constexpr std::uint32_t kBusy = 0x8004010B;          // MAPI_E_BUSY
constexpr std::uint32_t kCancelCode = 0x80040113;    // MAPI_E_USER_CANCEL
constexpr std::uint32_t kTimeoutCode = 0x80040401;   // MAPI_E_TIMEOUT
constexpr std::uint32_t kFail = 0x80004005;          // E_FAIL

bool IsEnd(const RunState::Step& step, EndReason reason, std::uint32_t hresult, std::uint32_t other = 0) {
  return step.end && step.end->reason == reason && step.end->hresult == hresult && step.end->other_hresult == other;
}

RunState Calling() {
  RunState state;
  state.BeginCall();
  state.StartTold();
  return state;
}

RunState Returned() {
  RunState state = Calling();
  state.CallReturned(kSuccess);
  return state;
}

CASE("Done with a success code ends the run with that code") {
  RunState state = Returned();
  CHECK(IsEnd(state.Done(kSuccess), EndReason::kDone, kSuccess));
  RunState partial = Returned();
  CHECK(IsEnd(partial.Done(kPartial), EndReason::kDone, kPartial));
}

CASE("Done with a failing code ends the run with that code") {
  RunState state = Returned();
  CHECK(IsEnd(state.Done(kNetworkError), EndReason::kDone, kNetworkError));
}

CASE("Done during the call is held until the call returns") {
  RunState state = Calling();
  const auto held = state.Done(kSuccess);
  CHECK(!held.end && held.begin_grace);
  CHECK(IsEnd(state.CallReturned(kSuccess), EndReason::kDone, kSuccess));
}

CASE("Done during a call that does not return ends the run when the grace is over") {
  RunState state = Calling();
  state.Done(kPartial);
  CHECK(IsEnd(state.GraceOver(), EndReason::kDone, kPartial));
  CHECK(state.calling());
  CHECK(!state.CallReturned(kFail).end);
  CHECK(state.call_result() == kFail);
}

CASE("a call that fails ends the run, Done or not, and keeps what Done said") {
  RunState alone = Calling();
  CHECK(IsEnd(alone.CallReturned(kFail), EndReason::kCallFailed, kFail));
  RunState after_done = Calling();
  after_done.Done(kNetworkError);
  CHECK(IsEnd(after_done.CallReturned(kBusy), EndReason::kCallFailed, kBusy, kNetworkError));
  CHECK(!after_done.Done(kSuccess).end);
}

CASE("success codes other than S_OK from the call mean that it has begun") {
  RunState state = Calling();
  CHECK(!state.CallReturned(1).end);
  CHECK(IsEnd(state.Done(kSuccess), EndReason::kDone, kSuccess));
}

CASE("the event without Done ends the run without a result when the grace is over") {
  RunState state = Returned();
  CHECK(state.EventSignalled().begin_grace);
  CHECK(IsEnd(state.GraceOver(), EndReason::kNoResult, kFail));
}

CASE("the event before Done: Done decides, if it comes within the grace") {
  RunState state = Returned();
  state.EventSignalled();
  CHECK(IsEnd(state.Done(kNetworkError), EndReason::kDone, kNetworkError));
  CHECK(!state.GraceOver().end);
}

CASE("a grace that nothing has begun ends nothing") {
  RunState state = Returned();
  CHECK(!state.GraceOver().end);
  CHECK(!state.decided());
}

CASE("cancel, timeout, stall and a stalled reader end a run that is under way") {
  RunState cancelled = Returned();
  CHECK(IsEnd(cancelled.Cancel(), EndReason::kCancelled, kCancelCode));
  RunState late = Returned();
  CHECK(IsEnd(late.TimedOut(), EndReason::kTimeout, kTimeoutCode));
  RunState silent = Returned();
  CHECK(IsEnd(silent.Stalled(), EndReason::kStalled, kTimeoutCode));
  RunState unread = Returned();
  CHECK(IsEnd(unread.ReaderStalled(), EndReason::kReaderStalled, kTimeoutCode));
}

CASE("a run that ends before its turn tells start and end, and calls nothing") {
  RunState state;
  const auto step = state.Cancel();
  CHECK(step.tell_start && IsEnd(step, EndReason::kCancelled, kCancelCode));
  CHECK(!state.BeginCall().tell_start);
  CHECK(!state.called() && !state.calling());
}

CASE("a call that cannot be made ends the run with the operation that failed") {
  RunState state;
  const auto step = state.Refused(kFail, "MAPIInitialize");
  CHECK(step.tell_start && IsEnd(step, EndReason::kNotCalled, kFail));
  CHECK(std::string(step.end->operation) == "MAPIInitialize");
  CHECK(!state.called());
}

CASE("a provider that is busy is called again after a pause, and what it answers then decides") {
  RunState state = Calling();
  const auto busy = state.CallReturned(kBusy);
  CHECK(!busy.end && busy.begin_pause);
  CHECK(state.called() && !state.calling() && !state.returned());
  CHECK(state.CallAgain());
  CHECK(state.calling() && !state.CallAgain());
  CHECK(state.CallReturned(kBusy).begin_pause);
  CHECK(state.CallAgain());
  CHECK(!state.CallReturned(kSuccess).end);
  CHECK(IsEnd(state.Done(kSuccess), EndReason::kDone, kSuccess));
}

CASE("a run that is ended during the pause is not called again") {
  RunState cancelled = Calling();
  cancelled.CallReturned(kBusy);
  CHECK(IsEnd(cancelled.Cancel(), EndReason::kCancelled, kCancelCode));
  CHECK(!cancelled.CallAgain());
  CHECK(cancelled.returned() && cancelled.call_result() == kBusy);
  RunState late = Calling();
  late.CallReturned(kBusy);
  CHECK(IsEnd(late.TimedOut(), EndReason::kTimeout, kTimeoutCode));
  CHECK(!late.CallAgain());
}

CASE("a provider that is busy and calls Done is not called again") {
  RunState before = Calling();
  before.Done(kSuccess);
  CHECK(IsEnd(before.CallReturned(kBusy), EndReason::kCallFailed, kBusy));
  RunState after = Calling();
  after.CallReturned(kBusy);
  CHECK(IsEnd(after.Done(kNetworkError), EndReason::kCallFailed, kBusy, kNetworkError));
  CHECK(!after.CallAgain());
}

CASE("a run that was ended during the call is not called again, busy or not") {
  RunState state = Calling();
  state.Cancel();
  const auto step = state.CallReturned(kBusy);
  CHECK(!step.end && !step.begin_pause && state.returned());
}

CASE("a run that is cancelled while its start is told ends after it, and calls nothing") {
  RunState state;
  CHECK(state.BeginCall().tell_start);
  const auto cancelled = state.Cancel();
  CHECK(!cancelled.end && !cancelled.tell_start);
  CHECK(state.decided());
  CHECK(IsEnd(state.StartTold(), EndReason::kCancelled, kCancelCode));
  CHECK(!state.called() && !state.calling());
}

CASE("the first Done counts") {
  RunState state = Calling();
  state.Done(kNetworkError);
  CHECK(!state.Done(kSuccess).begin_grace);
  CHECK(state.done() == kNetworkError);
  CHECK(IsEnd(state.CallReturned(kSuccess), EndReason::kDone, kNetworkError));
}

// Every history, up to a length. The rule is written as a search for the first thing that decides, and not as a
// machine.
enum class Input { kBegin, kTold, kReturn, kReturnFailing, kDone, kDoneFailing, kEvent, kGrace, kCancel, kTimeout };
constexpr int kInputs = 10;

// What can happen at this point: the call returns only if it was made, callbacks come only once it was made, and so on.
bool IsPossible(const std::vector<Input>& history, Input next) {
  bool begun = false;
  bool told = false;
  bool returned = false;
  bool failed = false;
  bool ended_before_call = false;
  bool may_ring = false;
  for (const Input input : history) {
    begun |= input == Input::kBegin;
    told |= input == Input::kTold;
    returned |= input == Input::kReturn || input == Input::kReturnFailing;
    failed |= input == Input::kReturnFailing;
    ended_before_call |= !told && (input == Input::kCancel || input == Input::kTimeout);
    may_ring |= input == Input::kDone || input == Input::kDoneFailing || input == Input::kEvent;
  }
  const bool called = told && !ended_before_call;
  switch (next) {
    case Input::kBegin:
      return !begun;
    case Input::kTold: {
      // Only asked after a BeginCall that said so.
      bool ended_in_queue = false;
      for (const Input input : history) {
        if (input == Input::kBegin) break;
        ended_in_queue |= input == Input::kCancel || input == Input::kTimeout;
      }
      return begun && !told && !ended_in_queue;
    }
    case Input::kReturn:
    case Input::kReturnFailing:
      return called && !returned;
    case Input::kDone:
    case Input::kDoneFailing:
      return called;
    case Input::kEvent:
      return returned && !failed;
    case Input::kGrace:
      return may_ring;
    case Input::kCancel:
    case Input::kTimeout:
      return true;
  }
  return false;
}

// What the history comes to.
std::optional<RunEnd> Expected(const std::vector<Input>& history) {
  bool returned = false;
  bool signalled = false;
  std::optional<std::uint32_t> done;
  for (const Input input : history) {
    switch (input) {
      case Input::kCancel:
        return RunEnd{EndReason::kCancelled, kCancelCode, 0};
      case Input::kTimeout:
        return RunEnd{EndReason::kTimeout, kTimeoutCode, 0};
      case Input::kReturnFailing:
        return RunEnd{EndReason::kCallFailed, kFail, done.value_or(0)};
      case Input::kReturn:
        returned = true;
        break;
      case Input::kDone:
        if (!done) done = kSuccess;
        break;
      case Input::kDoneFailing:
        if (!done) done = kNetworkError;
        break;
      case Input::kEvent:
        signalled = true;
        break;
      case Input::kGrace:
        if (!done && signalled) return RunEnd{EndReason::kNoResult, kFail, 0};
        if (done) return RunEnd{EndReason::kDone, *done, 0};
        break;
      case Input::kBegin:
      case Input::kTold:
        break;
    }
    if (returned && done) return RunEnd{EndReason::kDone, *done, 0};
  }
  return std::nullopt;
}

struct Told {
  int starts = 0;
  int ends = 0;
  bool start_first = true;
  std::optional<RunEnd> end;
};

Told Play(const std::vector<Input>& history) {
  RunState state;
  Told told;
  const auto note = [&told](const RunState::Step& step) {
    if (step.tell_start) ++told.starts;
    if (step.end) {
      told.start_first = told.start_first && told.starts == 1;
      ++told.ends;
      told.end = step.end;
    }
  };
  for (const Input input : history) {
    switch (input) {
      case Input::kBegin:
        note(state.BeginCall());
        break;
      case Input::kTold:
        note(state.StartTold());
        break;
      case Input::kReturn:
        note(state.CallReturned(kSuccess));
        break;
      case Input::kReturnFailing:
        note(state.CallReturned(kFail));
        break;
      case Input::kDone:
        note(state.Done(kSuccess));
        break;
      case Input::kDoneFailing:
        note(state.Done(kNetworkError));
        break;
      case Input::kEvent:
        note(state.EventSignalled());
        break;
      case Input::kGrace:
        note(state.GraceOver());
        break;
      case Input::kCancel:
        note(state.Cancel());
        break;
      case Input::kTimeout:
        note(state.TimedOut());
        break;
    }
  }
  return told;
}

std::string Spell(const std::vector<Input>& history) {
  std::string text;
  for (const Input input : history) text += static_cast<char>('0' + static_cast<int>(input));
  return text;
}

bool IsBeingTold(const std::vector<Input>& history) {
  bool begun = false;
  bool told = false;
  bool ended_in_queue = false;
  for (const Input input : history) {
    begun |= input == Input::kBegin;
    told |= input == Input::kTold;
    ended_in_queue |= !begun && (input == Input::kCancel || input == Input::kTimeout);
  }
  return begun && !told && !ended_in_queue;
}

std::uint64_t Explore(std::vector<Input>* history, int left) {
  std::uint64_t count = 1;
  const Told told = Play(*history);
  const auto expected = Expected(*history);
  // An end that was decided while Start is being told is told after it.
  const bool waits = IsBeingTold(*history);
  CHECK_SAY(told.starts <= 1 && told.ends <= 1 && told.start_first, Spell(*history));
  CHECK_SAY(told.ends == (expected && !waits ? 1 : 0), Spell(*history));
  if (told.end) {
    CHECK_SAY(told.end->reason == expected->reason && told.end->hresult == expected->hresult &&
                  told.end->other_hresult == expected->other_hresult,
              Spell(*history));
  }
  if (left == 0) return count;
  for (int number = 0; number < kInputs; ++number) {
    const auto next = static_cast<Input>(number);
    if (!IsPossible(*history, next)) continue;
    history->push_back(next);
    count += Explore(history, left - 1);
    history->pop_back();
  }
  return count;
}

CASE("every order of up to nine events ends as the table says, with one start and at most one end") {
  std::vector<Input> history;
  const std::uint64_t count = Explore(&history, 9);
  CHECK_SAY(count > 100000, std::to_string(count));
}

}  // namespace
}  // namespace mapisync

int main(int argc, char** argv) { return mapisync::check::Main(argc, argv); }
