#include "engine/run/bounded_answer.h"

#include <utility>

namespace mapisync {

void BoundedAnswer::Limit(std::uint64_t milliseconds) {
  const std::lock_guard lock(mutex_);
  if (!answer_) return;
  if (!alarm_) {
    alarm_ = std::make_unique<Alarm>([weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->Give(false);
    });
  }
  alarm_->Set(milliseconds);
}

void BoundedAnswer::Give(bool value) noexcept {
  std::function<void(bool)> answer;
  {
    const std::lock_guard lock(mutex_);
    answer = std::exchange(answer_, nullptr);
  }
  if (!answer) return;
  try {
    answer(value);
  } catch (...) {
    // Memory ran out on the way to the one who asked; others are still to be answered.
  }
}

}  // namespace mapisync
