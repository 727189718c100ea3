// What waits to be written to the program: whole frames, and the word that a run may have something to send.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

namespace mapisync {

class Outbox {
 public:
  using Frame = std::vector<std::uint8_t>;

  // Any thread.
  void Post(Frame frame) {
    {
      const std::lock_guard lock(mutex_);
      frames_.push_back(std::move(frame));
    }
    changed_.notify_one();
  }

  // Any thread: the writer is to look at the runs.
  void NotifyRuns() noexcept {
    {
      const std::lock_guard lock(mutex_);
      if (look_at_runs_) return;
      look_at_runs_ = true;
    }
    changed_.notify_one();
  }

  // Any thread: what has been posted is still written, and then the writer ends.
  void Close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    changed_.notify_one();
  }

  struct Work {
    std::vector<Frame> frames;
    bool look_at_runs = false;
    bool closed = false;
  };

  // The writer's thread. With `wait`, it returns when there is something to do.
  Work Take(bool wait) {
    std::unique_lock lock(mutex_);
    if (wait) changed_.wait(lock, [this] { return !frames_.empty() || look_at_runs_ || closed_; });
    return {std::exchange(frames_, {}), std::exchange(look_at_runs_, false), closed_};
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Frame> frames_;
  bool look_at_runs_ = false;
  bool closed_ = false;
};

}  // namespace mapisync
