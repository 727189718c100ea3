// Which handles of a provider are watched, and which is closed.
#include <cstdint>

#include "check.h"
#include "engine/run/done_event_state.h"

namespace mapisync {
namespace {

void* HandleOf(std::intptr_t number) { return reinterpret_cast<void*>(number); }

void* const kEvent = HandleOf(0x40);
void* const kOther = HandleOf(0x44);

CASE("NULL and pseudo handles are no events, and are not closed") {
  for (const std::intptr_t number : {0, -1, -2, -3, -4, -5, -6}) {
    DoneEventState state;
    CHECK(!state.MayWatch(HandleOf(number)));
    state.HandBack(HandleOf(number));
    CHECK(!state.MayWatch(HandleOf(number)));
    CHECK(state.Close() == nullptr);
  }
}

CASE("the first event is watched, and no second") {
  DoneEventState state;
  CHECK(state.MayWatch(kEvent));
  state.SetWatched();
  CHECK(!state.MayWatch(kEvent) && !state.MayWatch(kOther));
}

CASE("a handle that could not be watched does not stand in the way of the next") {
  DoneEventState state;
  CHECK(state.MayWatch(kOther));
  CHECK(state.MayWatch(kEvent));
}

CASE("an event that comes with Done alone is watched, and closed once") {
  DoneEventState state;
  state.HandBack(kEvent);
  CHECK(state.MayWatch(kEvent));
  state.SetWatched();
  CHECK(state.Close() == kEvent);
  CHECK(state.Close() == nullptr);
}

CASE("after Done no handle is watched but the one that it brought") {
  DoneEventState state;
  state.HandBack(kEvent);
  CHECK(!state.MayWatch(kOther));
  DoneEventState without;
  without.HandBack(nullptr);
  CHECK(!without.MayWatch(kOther));
}

CASE("closed is closed: a Done that comes later is neither watched nor closed") {
  DoneEventState state;
  state.Close();
  CHECK(!state.MayWatch(kEvent));
  state.HandBack(kEvent);
  CHECK(!state.MayWatch(kEvent));
  CHECK(state.Close() == nullptr);
}

}  // namespace
}  // namespace mapisync

int main(int argc, char** argv) { return mapisync::check::Main(argc, argv); }
