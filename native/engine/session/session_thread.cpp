#include "engine/session/session_thread.h"

#include <utility>

#include "windows/message_pump.h"

namespace mapisync {

bool SessionThread::Post(Task task) {
  {
    const std::lock_guard lock(mutex_);
    if (ended_) return false;
    tasks_.push_back(std::move(task));
  }
  wake_.Set();
  return true;
}

void SessionThread::Finish() {
  {
    const std::lock_guard lock(mutex_);
    finishing_ = true;
  }
  wake_.Set();
}

void SessionThread::Pump() {
  for (;;) {
    Task task;
    switch (Take(&task)) {
      case Next::kTask:
        task();
        DispatchMessages();
        break;
      case Next::kWait:
        WaitPumping(wake_.get());
        break;
      case Next::kEnd:
        return;
    }
  }
}

SessionThread::Next SessionThread::Take(Task* task) {
  const std::lock_guard lock(mutex_);
  if (!tasks_.empty()) {
    *task = std::move(tasks_.front());
    tasks_.pop_front();
    return Next::kTask;
  }
  if (!finishing_) return Next::kWait;
  ended_ = true;
  return Next::kEnd;
}

}  // namespace mapisync
