// Those who wait for a run, with alarms that the test rings.
#include <cstdint>
#include <functional>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include "check.h"
#include "engine/run/run_waiters.h"

namespace mapisync {

// In the place of Windows' own: the test rings them.
struct Alarm::Timer {
  std::function<void()> ring;
};

namespace {

int alarms_alive = 0;
std::function<void()> ring_newest;

}  // namespace

Alarm::Alarm(std::function<void()> ring) : timer_(new Timer{std::move(ring)}) {
  ++alarms_alive;
  ring_newest = timer_->ring;
}
Alarm::~Alarm() {
  --alarms_alive;
  delete timer_;
}
void Alarm::Set(std::uint64_t /*milliseconds*/) {}

namespace {

CASE("the return is told once to each, before and after it") {
  RunWaiters waiters;
  std::vector<std::optional<std::uint32_t>> told;
  waiters.WhenReturned([&told](auto result) { told.push_back(result); });
  CHECK(told.empty());
  waiters.Returned(5);
  waiters.Returned(6);
  waiters.WhenReturned([&told](auto result) { told.push_back(result); });
  CHECK(told.size() == 2 && told[0] == 5U && told[1] == 5U);
}

CASE("a run that was never called tells so") {
  RunWaiters waiters;
  bool told = false;
  waiters.Returned(std::nullopt);
  waiters.WhenReturned([&told](auto result) { told = !result; });
  CHECK(told);
}

CASE("the let-go is told once to each, or false when the grace is over") {
  RunWaiters waiters;
  std::vector<bool> told;
  const auto note = [&told](bool let_go) { told.push_back(let_go); };
  waiters.WhenLetGo(100, note);
  waiters.WhenLetGo(50, note);
  CHECK(alarms_alive == 2 && told.empty());
  ring_newest();
  CHECK(told.size() == 1 && !told[0]);
  waiters.LetGo();
  waiters.WhenLetGo(100, note);
  CHECK(told.size() == 3 && told[1] && told[2]);
  CHECK(alarms_alive == 0);
}

CASE("an answer that throws does not keep the others from theirs") {
  RunWaiters waiters;
  int told = 0;
  waiters.WhenReturned([](auto) { throw std::bad_alloc(); });
  waiters.WhenReturned([&told](auto) { ++told; });
  waiters.WhenLetGo(100, [](bool) { throw std::bad_alloc(); });
  waiters.WhenLetGo(100, [&told](bool) { ++told; });
  waiters.Returned(0);
  waiters.LetGo();
  CHECK(told == 2);
}

CASE("an answer may ask again") {
  RunWaiters waiters;
  int told = 0;
  waiters.WhenLetGo(100, [&](bool) { waiters.WhenLetGo(100, [&told](bool let_go) { told += let_go ? 1 : 0; }); });
  waiters.LetGo();
  CHECK(told == 1);
}

}  // namespace
}  // namespace mapisync

int main(int argc, char** argv) { return mapisync::check::Main(argc, argv); }
