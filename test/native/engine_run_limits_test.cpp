// Which of a run's times comes next, on a clock that the test sets.
#include <algorithm>
#include <cstdint>

#include "check.h"
#include "engine/run/run_limits.h"

namespace mapisync {
namespace {

using Due = RunLimits::Due;
constexpr EventChannel::Activity kSilent{0, false};

RunLimits LimitsOf(std::uint32_t timeout_ms, std::uint32_t stall_ms) {
  SyncRequest request;
  request.timeout_ms = timeout_ms;
  request.stall_ms = stall_ms;
  return RunLimits(request);
}

CASE("without limits nothing is awaited") {
  RunLimits limits = LimitsOf(0, 0);
  limits.Begin(100);
  limits.BeginSilence(100, kSilent);
  CHECK(!limits.UntilNext(100, false));
  CHECK(limits.TakeDue(1000000, kSilent) == Due::kNothing);
}

CASE("the timeout counts from the beginning, and is due until the run has ended") {
  RunLimits limits = LimitsOf(50, 0);
  limits.Begin(100);
  CHECK(limits.UntilNext(110, false) == 40U);
  CHECK(limits.TakeDue(149, kSilent) == Due::kNothing);
  CHECK(limits.TakeDue(150, kSilent) == Due::kTimeout);
  CHECK(limits.UntilNext(150, false) == 0U);
  CHECK(!limits.UntilNext(150, true));
}

CASE("a stall is looked for eight times within its limit, and a call from the provider begins it anew") {
  RunLimits limits = LimitsOf(0, 800);
  limits.BeginSilence(0, kSilent);
  CHECK(limits.UntilNext(0, false) == 100U);
  std::uint64_t now = 0;
  for (; now < 700; now += 100) CHECK(limits.TakeDue(now, kSilent) == Due::kNothing);
  CHECK(limits.TakeDue(now, {1, false}) == Due::kNothing);
  const std::uint64_t heard_at = now;
  Due due = Due::kNothing;
  while (due == Due::kNothing) due = limits.TakeDue(now += 100, {1, false});
  CHECK(due == Due::kStall && now == heard_at + 800);
}

CASE("the grace is over once") {
  RunLimits limits = LimitsOf(0, 0);
  limits.BeginGrace(10);
  CHECK(limits.UntilNext(10, false) == RunState::kGraceMs);
  CHECK(limits.TakeDue(10 + RunState::kGraceMs, kSilent) == Due::kGraceOver);
  CHECK(limits.TakeDue(10 + RunState::kGraceMs, kSilent) == Due::kNothing);
}

CASE("pauses between two calls grow up to the longest") {
  RunLimits limits = LimitsOf(0, 0);
  std::uint64_t now = 0;
  std::uint64_t last = 0;
  for (int count = 0; count < 20; ++count) {
    limits.BeginPause(now);
    const std::uint64_t pause = *limits.UntilNext(now, false);
    CHECK(pause ==
          (count == 0 ? RunLimits::kFirstPauseMs : std::min<std::uint64_t>(last * 2, RunLimits::kLongestPauseMs)));
    last = pause;
    now += pause;
    CHECK(limits.TakeDue(now, kSilent) == Due::kCallAgain);
    CHECK(limits.TakeDue(now, kSilent) == Due::kNothing);
  }
  CHECK(last == RunLimits::kLongestPauseMs);
}

CASE("the earliest time comes first, and the timeout before all that is due as well") {
  RunLimits limits = LimitsOf(RunState::kGraceMs, 80);
  limits.Begin(0);
  limits.BeginSilence(0, kSilent);
  limits.BeginGrace(0);
  CHECK(limits.UntilNext(0, false) == 10U);
  CHECK(limits.TakeDue(RunState::kGraceMs, kSilent) == Due::kTimeout);
}

CASE("when the end is decided, only the let-go is awaited") {
  RunLimits limits = LimitsOf(500, 80);
  limits.Begin(0);
  limits.BeginSilence(0, kSilent);
  CHECK(!limits.UntilNext(0, true));
  CHECK(!limits.IsEventOverdue(0));
  CHECK(limits.UntilNext(0, true) == RunState::kGraceMs);
  CHECK(!limits.IsEventOverdue(RunState::kGraceMs - 1));
  CHECK(limits.IsEventOverdue(RunState::kGraceMs));
  CHECK(!limits.UntilNext(RunState::kGraceMs, true));
  CHECK(limits.IsEventOverdue(RunState::kGraceMs + 1));
}

CASE("a let-go that ran out of memory is looked at again, once") {
  RunLimits limits = LimitsOf(0, 0);
  limits.LookAgainForLetGo(7);
  CHECK(limits.UntilNext(7, true) == RunLimits::kLookAgainMs);
  limits.TakeDue(7 + RunLimits::kLookAgainMs, kSilent);
  CHECK(!limits.UntilNext(7 + RunLimits::kLookAgainMs, true));
}

}  // namespace
}  // namespace mapisync

int main(int argc, char** argv) { return mapisync::check::Main(argc, argv); }
