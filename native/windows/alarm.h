// Rings once, a while after it was set, on a thread of the system's pool.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

namespace mapisync {

class Alarm {
 public:
  // `ring` is called under no lock. It may set the alarm again, or destroy it, but not both.
  explicit Alarm(std::function<void()> ring);
  // Any thread, under no lock that `ring` needs: waits until a ring that is under way is over, unless it is called by
  // it.
  ~Alarm();
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;

  // Any thread. Forgets an earlier setting that has not rung. The system's sleep may or may not count: who cares looks
  // at unbiased_clock.h when it rings.
  void Set(std::uint64_t milliseconds);

 private:
  struct Timer;
  Timer* timer_;
};

}  // namespace mapisync
