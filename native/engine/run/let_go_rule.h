// Has the provider let go of a run? The rule that engine/run.h tells in words. Portable.
#pragma once

#include <cstdint>

namespace mapisync {

struct LetGoFacts {
  bool end_told = false;         // End is in the channel
  bool call_under_way = false;   // SynchronizeInBackground runs, or is about to
  bool called = false;           // it was called at least once
  bool call_failed = false;      // it returned a failure
  bool referenced = false;       // the provider holds a reference to the callback
  bool counted_well = false;     // it has ever taken one, and never released one too many
  bool done_arrived = false;     // Done was called, before or after the end
  bool event_watched = false;    // there is a thread-done event that could be watched
  bool event_signalled = false;  // it has been signalled
};

enum class LetGo : std::uint8_t {
  kNo,
  kYes,
  kWhenEventOverdue,  // the event alone is missing, and is not waited for for ever
};

constexpr LetGo HasLetGo(const LetGoFacts& facts) {
  if (!facts.end_told || facts.call_under_way) return LetGo::kNo;
  if (!facts.called) return LetGo::kYes;
  if (facts.referenced) return LetGo::kNo;
  if (facts.event_signalled) return LetGo::kYes;
  // The handle that came with Done is closed by us, and the provider may be about to signal it.
  if (facts.event_watched && facts.done_arrived) return LetGo::kWhenEventOverdue;
  if (facts.call_failed) return LetGo::kYes;
  if (facts.event_watched) return LetGo::kNo;
  return facts.done_arrived || facts.counted_well ? LetGo::kYes : LetGo::kNo;
}

}  // namespace mapisync
