#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace mapisync::sample {

// Asks a synchronisation to stop. Any thread.
class StopSignal {
 public:
  void Set() noexcept {
    {
      const std::lock_guard lock(mutex_);
      is_set_.store(true, std::memory_order_relaxed);
    }
    changed_.notify_all();
  }
  bool is_set() const noexcept { return is_set_.load(std::memory_order_relaxed); }
  const std::atomic<bool>& flag() const noexcept { return is_set_; }

  // Waits until it is set.
  void Wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return is_set(); });
  }
  // Waits so long, or until it is set.
  void WaitFor(std::uint32_t milliseconds) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(milliseconds), [this] { return is_set(); });
  }

 private:
  std::atomic<bool> is_set_{false};
  std::mutex mutex_;
  std::condition_variable changed_;
};

}  // namespace mapisync::sample
