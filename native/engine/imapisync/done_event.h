// The thread-done event of one run: it is watched through a duplicate of the provider's handle, and the provider's
// handle is closed once, if that is ours to do. run/done_event_state.h decides which handle is which.
//
// Nothing is ever probed by waiting on it, which would eat an auto-reset signal. The one wait is the thread pool's, on
// the duplicate, so that a provider which closes its own handle takes nothing away under it.
#pragma once

#include <windows.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <utility>

#include "engine/run/done_event_state.h"

namespace mapisync {

class DoneEvent {
 public:
  // `signalled` is called at most once, on a thread of the pool, under no lock. It must not throw.
  explicit DoneEvent(std::function<void()> signalled) : on_signalled_(std::move(signalled)) {}
  // Close was called before, or all of the run is leaked on purpose.
  ~DoneEvent() = default;
  DoneEvent(const DoneEvent&) = delete;
  DoneEvent& operator=(const DoneEvent&) = delete;

  // Any thread. Watches the handle, unless DoneEventState says no or it cannot be duplicated. After Close it does
  // nothing.
  void Watch(HANDLE event) noexcept;
  // Any thread. Done has come and brought this handle for us to close. It is only taken down here.
  void HandBack(HANDLE event) noexcept;

  // Any thread.
  bool watched() const { return watched_.load(); }
  bool signalled() const { return signalled_.load(); }

  // Once, when the provider has let go; not on the thread that `signalled` runs on. Takes the wait back, then closes
  // the handle that Done brought, if that is still the object that was watched. In doubt the handle is leaked, since
  // its number may be a stranger's by now.
  void Close() noexcept;

 private:
  static void CALLBACK OnWait(void* context, BOOLEAN timed_out);

  const std::function<void()> on_signalled_;
  std::atomic<bool> watched_{false};
  std::atomic<bool> signalled_{false};
  std::mutex mutex_;
  DoneEventState state_;
  HANDLE duplicate_ = nullptr;
  HANDLE wait_ = nullptr;
};

}  // namespace mapisync
