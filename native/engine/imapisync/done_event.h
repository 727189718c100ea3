// The thread-done event of one run: watched through a duplicate of the provider's handle, and the provider's handle
// closed once, if that is ours to do.
//
// Nothing is ever probed by waiting on it, which would eat an auto-reset signal. The one wait is the thread pool's, on
// the duplicate, so that a provider which closes its own handle takes nothing away under it.
#pragma once

#include <windows.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <utility>

namespace mapisync {

class DoneEvent {
 public:
  // `signalled` is called at most once, on a thread of the pool, under no lock.
  explicit DoneEvent(std::function<void()> signalled) : on_signalled_(std::move(signalled)) {}
  // What has been watched is closed before (Close), or leaked on purpose with all of the run.
  ~DoneEvent() = default;
  DoneEvent(const DoneEvent&) = delete;
  DoneEvent& operator=(const DoneEvent&) = delete;

  // Any thread. What *phSyncDoneEvent holds: looked at right after the call has returned, and again when Done arrives,
  // for providers that write it late. The first real handle that can be duplicated is watched; NULL, pseudo handles and
  // dead ones are none. Once Done has come, only the handle that it brought is: any other the provider keeps, and may
  // have closed by now, so that its number is a stranger's.
  void Watch(HANDLE event);
  // Any thread. Done has come and brought this handle, for us to close. Only taken down here.
  void HandBack(HANDLE event);

  // Any thread.
  bool watched() const { return watched_.load(); }
  bool signalled() const { return signalled_.load(); }

  // Once, when the provider has let go; a thread that `signalled` does not run on. Takes the wait back, then closes the
  // handle that Done brought, if that is still the object that was watched. In doubt it is leaked: a handle of some
  // number may be a stranger's by now.
  void Close();

 private:
  static void CALLBACK OnWait(void* context, BOOLEAN timed_out);

  const std::function<void()> on_signalled_;
  std::atomic<bool> watched_{false};
  std::atomic<bool> signalled_{false};
  std::mutex mutex_;
  HANDLE duplicate_ = nullptr;
  HANDLE wait_ = nullptr;
  bool done_ = false;
  HANDLE handed_back_ = nullptr;
};

}  // namespace mapisync
