// The session thread's queue and message pump: tasks one after another, messages in between, and nothing that polls.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <mutex>

#include "windows/event_handle.h"

namespace mapisync {

class SessionThread {
 public:
  using Task = std::function<void()>;

  // Any thread. False, and the task is dropped, once the thread takes none any more.
  bool Post(Task task);
  // Any thread. Pump returns when the tasks that are queued have been done.
  void Finish();

  // The session thread.
  void Pump();

  // The thread that has called Enter; 0 before.
  void Enter() { id_.store(GetCurrentThreadId()); }
  DWORD id() const { return id_.load(); }

 private:
  enum class Next { kTask, kWait, kEnd };
  Next Take(Task* task);

  const EventHandle wake_{EventHandle::Reset::kAuto};
  std::atomic<DWORD> id_{0};
  std::mutex mutex_;
  std::deque<Task> tasks_;
  bool finishing_ = false;
  bool ended_ = false;
};

}  // namespace mapisync
