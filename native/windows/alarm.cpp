#include "windows/alarm.h"

#include <windows.h>

#include <algorithm>
#include <atomic>
#include <new>
#include <utility>

namespace mapisync {

struct Alarm::Timer {
  std::function<void()> ring;
  PTP_TIMER timer = nullptr;
  // Of the ring that is under way; 0 if none is.
  std::atomic<DWORD> ringing_thread{0};
  // The alarm went while it rang, by way of the ring.
  bool orphaned = false;

  static void CALLBACK Ring(PTP_CALLBACK_INSTANCE /*instance*/, void* context, PTP_TIMER timer) {
    auto* self = static_cast<Timer*>(context);
    self->ringing_thread.store(GetCurrentThreadId());
    self->ring();
    self->ringing_thread.store(0);
    if (!self->orphaned) return;
    // Allowed in its own callback: it goes when that returns.
    CloseThreadpoolTimer(timer);
    delete self;
  }
};

Alarm::Alarm(std::function<void()> ring) : timer_(new Timer) {
  timer_->ring = std::move(ring);
  timer_->timer = CreateThreadpoolTimer(&Timer::Ring, timer_, nullptr);
  if (timer_->timer == nullptr) {
    delete timer_;
    throw std::bad_alloc();
  }
}

Alarm::~Alarm() {
  SetThreadpoolTimer(timer_->timer, nullptr, 0, 0);
  if (timer_->ringing_thread.load() == GetCurrentThreadId()) {
    timer_->orphaned = true;
    return;
  }
  WaitForThreadpoolTimerCallbacks(timer_->timer, TRUE);
  CloseThreadpoolTimer(timer_->timer);
  delete timer_;
}

void Alarm::Set(std::uint64_t milliseconds) {
  // Negative: from now on, in units of 100 ns. 0 would be in 1601, so at once.
  const std::int64_t due = -static_cast<std::int64_t>(std::max<std::uint64_t>(milliseconds, 1) * 10000);
  FILETIME time;
  time.dwLowDateTime = static_cast<DWORD>(due & 0xFFFFFFFF);
  time.dwHighDateTime = static_cast<DWORD>(static_cast<std::uint64_t>(due) >> 32);
  SetThreadpoolTimer(timer_->timer, &time, 0, 0);
}

}  // namespace mapisync
