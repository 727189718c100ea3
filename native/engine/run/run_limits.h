// The times of one run: its limits, its graces and its pauses, and which of them comes next. Portable; the caller holds
// the job's lock and says what time it is, in milliseconds.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "engine/run.h"
#include "engine/run/run_state.h"
#include "engine/run/stall_watch.h"

namespace mapisync {

class RunLimits {
 public:
  // Between two calls of a provider that is busy: twice as long each time, up to the longest.
  static constexpr std::uint32_t kFirstPauseMs = 50;
  static constexpr std::uint32_t kLongestPauseMs = 5000;
  // Until the run looks again whether the provider has let go, after memory ran out on the way.
  static constexpr std::uint32_t kLookAgainMs = 100;

  explicit RunLimits(const SyncRequest& request)
      : timeout_ms_(request.timeout_ms), stall_ms_(request.stall_ms), stall_watch_(request.stall_ms) {}

  // The run has been asked for: the timeout counts from now on.
  void Begin(std::uint64_t now_ms) {
    if (timeout_ms_ != 0) timeout_at_ = now_ms + timeout_ms_;
  }
  // The provider is about to be called: its silence counts from now on.
  void BeginSilence(std::uint64_t now_ms, const EventChannel::Activity& activity) {
    if (stall_ms_ == 0) return;
    stall_watch_.Begin(now_ms, activity);
    stall_look_at_ = now_ms + stall_watch_.interval_ms();
  }
  void BeginGrace(std::uint64_t now_ms) { grace_over_at_ = now_ms + RunState::kGraceMs; }
  void BeginPause(std::uint64_t now_ms) {
    call_again_at_ = now_ms + pause_ms_;
    pause_ms_ = std::min(pause_ms_ * 2, kLongestPauseMs);
  }
  void LookAgainForLetGo(std::uint64_t now_ms) { let_go_look_at_ = now_ms + kLookAgainMs; }

  // The thread-done event alone is missing. Has it been missing for too long? The first question begins the time.
  bool IsEventOverdue(std::uint64_t now_ms) {
    if (event_overdue_) return true;
    if (!event_overdue_at_) event_overdue_at_ = now_ms + RunState::kGraceMs;
    if (now_ms < *event_overdue_at_) return false;
    event_overdue_at_.reset();
    event_overdue_ = true;
    return true;
  }

  // What has come due. Each answer is given once, but for the timeout, which ends the run.
  enum class Due : std::uint8_t { kNothing, kTimeout, kGraceOver, kCallAgain, kStall };
  Due TakeDue(std::uint64_t now_ms, const EventChannel::Activity& activity) {
    if (IsDue(let_go_look_at_, now_ms)) let_go_look_at_.reset();
    if (IsDue(timeout_at_, now_ms)) return Due::kTimeout;
    if (IsDue(grace_over_at_, now_ms)) {
      grace_over_at_.reset();
      return Due::kGraceOver;
    }
    if (IsDue(call_again_at_, now_ms)) {
      call_again_at_.reset();
      return Due::kCallAgain;
    }
    if (IsDue(stall_look_at_, now_ms)) {
      stall_look_at_ = now_ms + stall_watch_.interval_ms();
      if (stall_watch_.IsStalled(now_ms, activity)) return Due::kStall;
    }
    return Due::kNothing;
  }

  // How long until TakeDue or the let-go rule should be asked again; nothing: nothing is awaited. `decided`: the end of
  // the run is decided, and only its let-go is awaited.
  std::optional<std::uint64_t> UntilNext(std::uint64_t now_ms, bool decided) const {
    std::optional<std::uint64_t> next;
    const auto consider = [&next](const std::optional<std::uint64_t>& time) {
      if (time && (!next || *time < *next)) next = time;
    };
    consider(event_overdue_at_);
    consider(let_go_look_at_);
    if (!decided) {
      for (const auto& time : {timeout_at_, grace_over_at_, call_again_at_, stall_look_at_}) consider(time);
    }
    if (!next) return std::nullopt;
    return *next > now_ms ? *next - now_ms : 0;
  }

 private:
  static bool IsDue(const std::optional<std::uint64_t>& time, std::uint64_t now_ms) { return time && now_ms >= *time; }

  std::uint32_t timeout_ms_;
  std::uint32_t stall_ms_;
  std::uint32_t pause_ms_ = kFirstPauseMs;
  std::optional<std::uint64_t> timeout_at_;
  std::optional<std::uint64_t> grace_over_at_;
  std::optional<std::uint64_t> call_again_at_;
  std::optional<std::uint64_t> stall_look_at_;
  std::optional<std::uint64_t> event_overdue_at_;
  bool event_overdue_ = false;
  std::optional<std::uint64_t> let_go_look_at_;
  StallWatch stall_watch_;
};

}  // namespace mapisync
