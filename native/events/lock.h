// The lock and the condition that the event channel stands on, as thin as the platform allows.
//
// On Windows a critical section with a spin count: uncontended it costs what std::mutex costs, and a reader that meets
// a writer waits microseconds instead of a turn of the scheduler.
#pragma once

#include <cstdint>

#ifdef _WIN32
#include <windows.h>
#else
#include <chrono>
#include <condition_variable>
#include <mutex>
#endif

namespace mapisync {

#ifdef _WIN32

class Lock {
 public:
  // Without debug information: that is an allocation of its own, which outlives a process's every channel.
  Lock() noexcept { InitializeCriticalSectionEx(&section_, kSpinCount, CRITICAL_SECTION_NO_DEBUG_INFO); }
  ~Lock() { DeleteCriticalSection(&section_); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

  void lock() noexcept { EnterCriticalSection(&section_); }
  void unlock() noexcept { LeaveCriticalSection(&section_); }

 private:
  friend class Condition;
  static constexpr DWORD kSpinCount = 4000;
  CRITICAL_SECTION section_;
};

class Condition {
 public:
  // Lets go of the lock, waits until woken or for so long at most, and has the lock again. May return early.
  void WaitFor(Lock& lock, std::uint32_t ms) noexcept { SleepConditionVariableCS(&condition_, &lock.section_, ms); }
  void WakeAll() noexcept { WakeAllConditionVariable(&condition_); }

 private:
  CONDITION_VARIABLE condition_ = CONDITION_VARIABLE_INIT;
};

#else

using Lock = std::mutex;

class Condition {
 public:
  // Lets go of the lock, waits until woken or for so long at most, and has the lock again. May return early.
  void WaitFor(Lock& lock, std::uint32_t ms) {
    std::unique_lock<Lock> held(lock, std::adopt_lock);
    condition_.wait_for(held, std::chrono::milliseconds(ms));
    held.release();
  }
  void WakeAll() noexcept { condition_.notify_all(); }

 private:
  std::condition_variable condition_;
};

#endif

}  // namespace mapisync
