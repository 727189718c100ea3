#include "sample/mapi/live_counters.h"

#include <algorithm>
#include <cstring>

namespace mapisync::sample {
namespace {

constinit LiveCounters live;

}  // namespace

LiveCounters& Live() noexcept { return live; }

void LiveCounters::Read(SampleCounters* counters) const noexcept {
  SampleCounters now;
  for (int i = 0; i < kObjectKinds; ++i) now.objects[i] = objects_[i].load();
  now.references = references.load();
  now.runs = runs.load();
  now.threads = threads.load();
  now.allocations = allocations.load();
  now.initializations = initializations.load();
  now.callback_references = callback_references.load();
  now.repeat_calls = repeat_calls.load();
  now.repeat_ns = repeat_ns.load();
  now.uninitializations = uninitializations.load();
  now.logoffs = logoffs.load();
  now.fast_shutdowns = fast_shutdowns.load();
  now.calls_after_fast_shutdown = calls_after_fast_shutdown.load();
  now.size = std::min<std::uint32_t>(counters->size, sizeof(now));
  std::memcpy(counters, &now, now.size);
}

}  // namespace mapisync::sample
