#include "check.h"
#include "engine/run/stall_watch.h"

namespace mapisync {
namespace {

constexpr EventChannel::Activity Quiet(std::uint64_t calls) { return {calls, false}; }
constexpr EventChannel::Activity Held(std::uint64_t calls) { return {calls, true}; }

CASE("silence of the limit's length is a stall, and not before") {
  StallWatch watch(800);
  CHECK(watch.interval_ms() == 100);
  watch.Begin(1000, Quiet(0));
  CHECK(!watch.IsStalled(1799, Quiet(0)));
  CHECK(watch.IsStalled(1800, Quiet(0)));
}

CASE("a call begins the silence anew") {
  StallWatch watch(800);
  watch.Begin(0, Quiet(0));
  CHECK(!watch.IsStalled(700, Quiet(1)));
  CHECK(!watch.IsStalled(1400, Quiet(1)));
  CHECK(watch.IsStalled(1500, Quiet(1)));
}

CASE("a provider that is held for the reader does not stall, however long") {
  StallWatch watch(100);
  watch.Begin(0, Quiet(0));
  for (std::uint64_t now = 50; now < 100000; now += 50) CHECK(!watch.IsStalled(now, Held(1)));
}

CASE("silence begins when the provider is let go, not when it was seen held for the last time") {
  StallWatch watch(100);
  watch.Begin(0, Quiet(0));
  CHECK(!watch.IsStalled(90, Held(1)));
  CHECK(!watch.IsStalled(190, Quiet(1)));
  CHECK(!watch.IsStalled(289, Quiet(1)));
  CHECK(watch.IsStalled(290, Quiet(1)));
}

CASE("the shortest limit is looked at once a millisecond") {
  StallWatch watch(1);
  CHECK(watch.interval_ms() == 1);
  watch.Begin(5, Quiet(0));
  CHECK(!watch.IsStalled(5, Quiet(0)));
  CHECK(watch.IsStalled(6, Quiet(0)));
}

}  // namespace
}  // namespace mapisync

int main(int argc, char** argv) { return mapisync::check::Main(argc, argv); }
