#include "engine/run/run_waiters.h"

#include <utility>

namespace mapisync {

void RunWaiters::WhenReturned(ReturnedAnswer answer) {
  {
    const std::lock_guard lock(mutex_);
    if (!returned_) {
      waiting_for_return_.push_back(std::move(answer));
      return;
    }
  }
  Give(answer, result_);  // which does not change any more
}

void RunWaiters::WhenLetGo(std::uint32_t grace_ms, std::function<void(bool)> answer) {
  const auto bounded = std::make_shared<BoundedAnswer>(std::move(answer));
  bool let_go = false;
  {
    const std::lock_guard lock(mutex_);
    let_go = let_go_;
    if (!let_go) waiting_for_let_go_.push_back(bounded);
  }
  if (let_go) {
    bounded->Give(true);
  } else {
    bounded->Limit(grace_ms);
  }
}

void RunWaiters::Returned(std::optional<std::uint32_t> result) noexcept {
  std::vector<ReturnedAnswer> waiting;
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(returned_, true)) return;
    result_ = result;
    waiting.swap(waiting_for_return_);
  }
  for (const auto& answer : waiting) Give(answer, result);
}

void RunWaiters::LetGo() noexcept {
  std::vector<std::shared_ptr<BoundedAnswer>> waiting;
  {
    const std::lock_guard lock(mutex_);
    let_go_ = true;
    waiting.swap(waiting_for_let_go_);
  }
  for (const auto& answer : waiting) answer->Give(true);
}

void RunWaiters::Give(const ReturnedAnswer& answer, std::optional<std::uint32_t> result) noexcept {
  try {
    answer(result);
  } catch (...) {
    // The one who asked stays without an answer, as with a call that never returns.
  }
}

}  // namespace mapisync
