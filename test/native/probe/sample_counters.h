#pragma once

#include <optional>

#include "sample/mapi/live_counters.h"

namespace mapisync::probe {

// What the sample MAPI counts in this process; nothing while its DLL is not loaded. Any thread.
std::optional<sample::SampleCounters> ReadSampleCounters();

}  // namespace mapisync::probe
