// Every combination of facts, against the rule as it is told in words.
#include <cstdint>
#include <string>

#include "check.h"
#include "engine/run/let_go_rule.h"

namespace mapisync {
namespace {

constexpr unsigned kFacts = 9;

LetGoFacts FactsOf(unsigned bits) {
  const auto is = [bits](unsigned number) { return (bits >> number & 1U) != 0; };
  LetGoFacts facts;
  facts.end_told = is(0);
  facts.call_under_way = is(1);
  facts.called = is(2);
  facts.call_failed = is(3);
  facts.referenced = is(4);
  facts.counted_well = is(5);
  facts.done_arrived = is(6);
  facts.event_watched = is(7);
  facts.event_signalled = is(8);
  return facts;
}

// Each sentence of the rule is one reason to wait.
LetGo Expected(const LetGoFacts& f) {
  const bool may_still_be_called = f.called && f.referenced;
  const bool is_running = !f.end_told || f.call_under_way;
  if (is_running || may_still_be_called) return LetGo::kNo;
  const bool started = f.called && !f.call_failed;
  const bool event_is_missing = f.called && f.event_watched && !f.event_signalled;
  if (event_is_missing && f.done_arrived) return LetGo::kWhenEventOverdue;
  if (event_is_missing && started) return LetGo::kNo;
  // Nothing but Done tells that a provider is over which has no event and takes no references.
  const bool has_told = f.event_signalled || f.done_arrived || f.counted_well;
  return started && !has_told ? LetGo::kNo : LetGo::kYes;
}

CASE("every combination of facts comes to what the rule says in words") {
  for (unsigned bits = 0; bits < 1U << kFacts; ++bits) {
    const LetGoFacts facts = FactsOf(bits);
    CHECK_SAY(HasLetGo(facts) == Expected(facts), std::to_string(bits));
  }
}

CASE("a provider that references the callback is never said to have let go") {
  for (unsigned bits = 0; bits < 1U << kFacts; ++bits) {
    const LetGoFacts facts = FactsOf(bits);
    if (facts.called && facts.referenced) CHECK(HasLetGo(facts) == LetGo::kNo);
  }
}

CASE("a run that was never called is over with its end") {
  LetGoFacts facts;
  facts.end_told = true;
  CHECK(HasLetGo(facts) == LetGo::kYes);
}

CASE("a provider that hands its event over in Done and then fails the call has time to signal it") {
  LetGoFacts facts;
  facts.end_told = facts.called = facts.call_failed = facts.counted_well = true;
  CHECK(HasLetGo(facts) == LetGo::kYes);
  facts.done_arrived = facts.event_watched = true;
  CHECK(HasLetGo(facts) == LetGo::kWhenEventOverdue);
  facts.event_signalled = true;
  CHECK(HasLetGo(facts) == LetGo::kYes);
}

}  // namespace
}  // namespace mapisync

int main(int argc, char** argv) { return mapisync::check::Main(argc, argv); }
