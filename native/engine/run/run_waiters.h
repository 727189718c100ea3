// Those who wait for a run: for the call's return, and for the provider to let go. Each is answered once. Portable, but
// for the alarm inside BoundedAnswer.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "engine/run/bounded_answer.h"

namespace mapisync {

// Any thread, all of it, under no lock. Answers are called under no lock. An answer that throws, for want of memory,
// does not keep the others from theirs.
class RunWaiters {
 public:
  using ReturnedAnswer = std::function<void(std::optional<std::uint32_t>)>;

  void WhenReturned(ReturnedAnswer answer);
  void WhenLetGo(std::uint32_t grace_ms, std::function<void(bool)> answer);

  // The first call counts.
  void Returned(std::optional<std::uint32_t> result) noexcept;
  void LetGo() noexcept;

 private:
  static void Give(const ReturnedAnswer& answer, std::optional<std::uint32_t> result) noexcept;

  std::mutex mutex_;
  bool returned_ = false;
  bool let_go_ = false;
  std::optional<std::uint32_t> result_;
  std::vector<ReturnedAnswer> waiting_for_return_;
  std::vector<std::shared_ptr<BoundedAnswer>> waiting_for_let_go_;
};

}  // namespace mapisync
