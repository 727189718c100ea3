// The two times that the event channel needs: when a note was taken, and how long a provider has been held.
#pragma once

#include <cstdint>

#ifdef _WIN32
#include <windows.h>
#else
#include <time.h>
#endif

namespace mapisync {

namespace clock_source {

#ifdef _WIN32

// A counter that costs next to nothing to read and moves on every 10 to 16 ms.
inline std::uint64_t CoarseTicks() noexcept { return GetTickCount64(); }

inline std::uint64_t EpochMs() noexcept {
  constexpr std::uint64_t kEpochIn100ns = 116444736000000000u;  // 1970-01-01, counted from 1601-01-01
  FILETIME now;
  GetSystemTimePreciseAsFileTime(&now);
  const std::uint64_t since_1601 = (static_cast<std::uint64_t>(now.dwHighDateTime) << 32) | now.dwLowDateTime;
  return since_1601 < kEpochIn100ns ? 0 : (since_1601 - kEpochIn100ns) / 10000;
}

// Milliseconds from some start on, in which the system did not sleep.
inline std::uint64_t AwakeMs() noexcept {
  ULONGLONG in_100ns = 0;
  QueryUnbiasedInterruptTime(&in_100ns);
  return in_100ns / 10000;
}

#else

inline std::uint64_t ReadMs(clockid_t clock) noexcept {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1000 + static_cast<std::uint64_t>(now.tv_nsec) / 1000000;
}

#ifdef CLOCK_MONOTONIC_COARSE
inline std::uint64_t CoarseTicks() noexcept { return ReadMs(CLOCK_MONOTONIC_COARSE); }
#else
inline std::uint64_t CoarseTicks() noexcept { return ReadMs(CLOCK_MONOTONIC); }
#endif
inline std::uint64_t EpochMs() noexcept { return ReadMs(CLOCK_REALTIME); }
inline std::uint64_t AwakeMs() noexcept { return ReadMs(CLOCK_MONOTONIC); }

#endif

}  // namespace clock_source

// Milliseconds since the epoch, behind the truth by one coarse tick at most: the precise time, which is dear, is asked
// once a tick and holds until the next. No offset between two clocks is kept, so none can drift in a run of days.
// Not thread-safe: the channel's lock guards it.
class NoteClock {
 public:
  std::uint64_t NowMs() noexcept {
    const std::uint64_t tick = clock_source::CoarseTicks();
    if (tick != tick_) {
      tick_ = tick;
      now_ms_ = clock_source::EpochMs();
    }
    return now_ms_;
  }

 private:
  std::uint64_t tick_ = ~std::uint64_t{0};
  std::uint64_t now_ms_ = 0;
};

}  // namespace mapisync
