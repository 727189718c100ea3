// Has the provider been silent for too long? Asked from time to time, a few times within the limit, it never says so
// too early. Portable.
#pragma once

#include <algorithm>
#include <cstdint>

#include "events/event_channel.h"

namespace mapisync {

class StallWatch {
 public:
  explicit StallWatch(std::uint32_t limit_ms) : limit_ms_(limit_ms) {}

  // How far apart the looks should be, and so how late a stall may be noticed.
  std::uint32_t interval_ms() const { return std::max<std::uint32_t>(limit_ms_ / 8, 1); }

  void Begin(std::uint64_t now_ms, const EventChannel::Activity& activity) {
    seen_ = activity;
    quiet_since_ms_ = now_ms;
  }

  // A call that arrived, and a provider that is or was held for the reader, begin the silence anew.
  bool IsStalled(std::uint64_t now_ms, const EventChannel::Activity& activity) {
    if (activity.calls != seen_.calls || activity.held || seen_.held) quiet_since_ms_ = now_ms;
    seen_ = activity;
    return now_ms - quiet_since_ms_ >= limit_ms_;
  }

 private:
  std::uint32_t limit_ms_;
  std::uint64_t quiet_since_ms_ = 0;
  EventChannel::Activity seen_{};
};

}  // namespace mapisync
