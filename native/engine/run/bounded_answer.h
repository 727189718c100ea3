// An answer that is given once: by whoever gives it first, or as `false` when its time is over.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

#include "windows/alarm.h"

namespace mapisync {

class BoundedAnswer : public std::enable_shared_from_this<BoundedAnswer> {
 public:
  explicit BoundedAnswer(std::function<void(bool)> answer) : answer_(std::move(answer)) {}

  // Any thread. From now on, milliseconds more.
  void Limit(std::uint64_t milliseconds);
  // Any thread, under no lock. What the answer throws is dropped.
  void Give(bool value) noexcept;

 private:
  std::mutex mutex_;
  std::function<void(bool)> answer_;
  std::unique_ptr<Alarm> alarm_;
};

}  // namespace mapisync
