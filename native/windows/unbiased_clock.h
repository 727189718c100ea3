// Milliseconds since the system started, without the time in which it slept.
// https://learn.microsoft.com/windows/win32/api/realtimeapiset/nf-realtimeapiset-queryunbiasedinterrupttime
#pragma once

#include <windows.h>

#include <cstdint>

namespace mapisync {

// Any thread.
inline std::uint64_t UnbiasedMilliseconds() {
  ULONGLONG ticks = 0;
  QueryUnbiasedInterruptTime(&ticks);
  return ticks / 10000;
}

}  // namespace mapisync
