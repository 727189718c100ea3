#include "events/event_channel.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "events/clock.h"
#include "events/event_queue.h"
#include "events/lock.h"

namespace mapisync {

namespace {

// The call of a provider that waits for room, on its own stack. Whoever makes room takes the note, in the order of
// arrival, and marks it: so a held thread has nothing left to do when it wakes, and only a thread that may not wait can
// overtake it.
struct HeldNote {
  Note note;
  bool taken = false;
  NoteResult result = NoteResult::kTaken;
  HeldNote* next = nullptr;
};

}  // namespace

struct EventChannel::State {
  using Held = std::unique_lock<Lock>;

  State(const Options& its_options, std::shared_ptr<EventReader> its_reader)
      : options(its_options), every(its_options.delivery == Delivery::kEvery), reader(std::move(its_reader)) {}

  NoteResult Write(Note& note) noexcept;
  void AddUnheld(Held& held, const Note& note) noexcept;
  bool MayHold() const noexcept;
  NoteResult Hold(Held& held, const Note& note) noexcept;
  void TakeFirstHeld(Held& held, Keeping keeping, NoteResult result) noexcept;
  void TakeHeldWhileRoom(Held& held) noexcept;
  void Close(Held& held) noexcept;
  std::shared_ptr<EventReader> ToWake(Held& held) noexcept;

  bool Full(Held&) const noexcept { return queue.size() >= kMaxEvents || queue.text_bytes() >= kMaxTextBytes; }
  bool MayGoOn(Held&) const noexcept { return queue.size() <= kGoOnEvents && queue.text_bytes() <= kGoOnTextBytes; }

  const Options options;
  const bool every;

  mutable Lock lock;  // for all that follows; nothing is called under it that is not ours
  Condition let_go;
  EventQueue queue;
  NoteClock clock;
  std::shared_ptr<EventReader> reader;
  HeldNote* first_held = nullptr;
  HeldNote* last_held = nullptr;
  bool armed = true;
  bool closed = false;  // for notes
  bool closed_for_reader = false;
  bool started = false;
  bool ended = false;
  std::uint64_t updates = 0;
  std::uint64_t problems = 0;
  std::uint64_t overtaken = 0;
  std::uint64_t late_calls = 0;
};

NoteResult EventChannel::State::Write(Note& note) noexcept {
  std::shared_ptr<EventReader> to_wake;
  NoteResult result = NoteResult::kTaken;
  {
    Held held(lock);
    if (closed) {
      ++late_calls;
      return NoteResult::kClosed;
    }
    ++(note.kind == EventKind::kProgress ? updates : problems);
    note.at_ms = clock.NowMs();
    if (!every) {
      queue.Add(note, Keeping::kNewest);
    } else if (first_held == nullptr && !Full(held)) {
      queue.Add(note, Keeping::kEach);
    } else if (MayHold()) {
      result = Hold(held, note);
    } else {
      TakeHeldWhileRoom(held);
      AddUnheld(held, note);
    }
    if (armed) to_wake = ToWake(held);
  }
  if (to_wake != nullptr) to_wake->OnReady();
  return result;
}

// The note of a thread that must not wait.
void EventChannel::State::AddUnheld(Held& held, const Note& note) noexcept {
  if (!Full(held)) return queue.Add(note, Keeping::kEach);
  const std::size_t before = queue.size();
  queue.Add(note, Keeping::kOverflow);
  // It took the place of the progress before it, or there was no memory for it.
  if (note.kind == EventKind::kProgress && queue.size() == before) ++overtaken;
}

bool EventChannel::State::MayHold() const noexcept {
  if (options.current_thread == nullptr) return true;
  const auto& never = options.never_held;
  return std::find(never.begin(), never.end(), options.current_thread()) == never.end();
}

NoteResult EventChannel::State::Hold(Held& held, const Note& note) noexcept {
  HeldNote own{note};
  (first_held == nullptr ? first_held : last_held->next) = &own;
  last_held = &own;
  const std::uint64_t since = clock_source::AwakeMs();
  while (!own.taken) {
    constexpr std::uint32_t kLongest = 60000;  // between two looks at the clock, which the system's sleep does not move
    std::uint32_t wait_ms = kLongest;
    if (options.hold_ms != 0) {
      const std::uint64_t waited = clock_source::AwakeMs() - since;
      if (waited >= options.hold_ms) {
        // In the order of arrival: those that came before it have waited as long.
        while (!own.taken) TakeFirstHeld(held, Keeping::kOverflow, NoteResult::kHoldExpired);
        let_go.WakeAll();
        break;
      }
      wait_ms = static_cast<std::uint32_t>(std::min<std::uint64_t>(kLongest, options.hold_ms - waited));
    }
    let_go.WaitFor(*held.mutex(), wait_ms);
  }
  return own.result;
}

void EventChannel::State::TakeFirstHeld(Held&, Keeping keeping, NoteResult result) noexcept {
  HeldNote& first = *first_held;
  first_held = first.next;
  if (!closed_for_reader) queue.Add(first.note, keeping);
  first.result = result;
  first.taken = true;
}

void EventChannel::State::TakeHeldWhileRoom(Held& held) noexcept {
  if (first_held == nullptr) return;
  while (first_held != nullptr && !Full(held)) TakeFirstHeld(held, Keeping::kEach, NoteResult::kTaken);
  let_go.WakeAll();
}

void EventChannel::State::Close(Held& held) noexcept {
  closed = true;
  while (first_held != nullptr) TakeFirstHeld(held, Keeping::kOverflow, NoteResult::kClosed);
  let_go.WakeAll();
}

// The channel is armed. The reader that is to be told, once the lock is free again.
std::shared_ptr<EventReader> EventChannel::State::ToWake(Held&) noexcept {
  if (queue.empty()) return nullptr;
  armed = false;
  return reader;
}

EventChannel::EventChannel(const Options& options, std::shared_ptr<EventReader> reader)
    : state_(std::make_unique<State>(options, std::move(reader))) {}

EventChannel::~EventChannel() = default;

NoteResult EventChannel::Progress(const char16_t* text, std::uint32_t index, std::uint32_t max) noexcept {
  Note note{EventKind::kProgress, text, index, max, 0};
  return state_->Write(note);
}

NoteResult EventChannel::Problem(std::uint32_t hresult, const char16_t* text) noexcept {
  Note note{EventKind::kProblem, text, hresult, 0, 0};
  return state_->Write(note);
}

void EventChannel::Start(std::uint32_t flags) noexcept {
  std::shared_ptr<EventReader> to_wake;
  {
    State::Held held(state_->lock);
    if (state_->started || state_->ended || state_->closed_for_reader) return;
    state_->started = true;
    state_->queue.Start(flags, state_->clock.NowMs());
    if (state_->armed) to_wake = state_->ToWake(held);
  }
  if (to_wake != nullptr) to_wake->OnReady();
}

void EventChannel::End(std::uint32_t reason, std::uint32_t hresult, std::uint32_t other_hresult,
                       std::u16string text) noexcept {
  std::shared_ptr<EventReader> to_wake;
  {
    State::Held held(state_->lock);
    if (state_->ended || state_->closed_for_reader) return;
    state_->Close(held);
    state_->ended = true;
    state_->queue.End({0, reason, hresult, other_hresult, state_->clock.NowMs()}, std::move(text));
    state_->armed = false;
    to_wake = state_->reader;
  }
  to_wake->OnReady();
}

void EventChannel::CloseForProvider() noexcept {
  State::Held held(state_->lock);
  state_->Close(held);
}

void EventChannel::CloseForReader() noexcept {
  std::shared_ptr<EventReader> let_go_of;
  State::Held held(state_->lock);
  state_->closed_for_reader = true;
  state_->Close(held);
  state_->queue.Clear();
  // Declared first, and so destroyed when the lock is free again: what its destructor does is not ours.
  let_go_of = std::move(state_->reader);
}

std::size_t EventChannel::Take(std::size_t max_events, EventBatch* batch) {
  {
    State::Held held(state_->lock);
    state_->queue.HandOver(max_events);
  }
  std::size_t taken = state_->queue.TakeHandedOver(max_events, batch);
  State::Held held(state_->lock);
  if (state_->closed_for_reader) {
    // In the meantime: their texts are gone.
    batch->events.erase(batch->events.end() - static_cast<std::ptrdiff_t>(taken), batch->events.end());
    state_->queue.ClearHandedOver();
    return 0;
  }
  taken += state_->queue.TakeRest(max_events - taken, batch);
  if (state_->MayGoOn(held)) state_->TakeHeldWhileRoom(held);
  if (taken == 0 && state_->queue.empty()) state_->armed = true;
  return taken;
}

std::uint64_t EventChannel::updates() const noexcept {
  State::Held held(state_->lock);
  return state_->updates;
}

std::uint64_t EventChannel::problems() const noexcept {
  State::Held held(state_->lock);
  return state_->problems;
}

std::uint64_t EventChannel::overtaken() const noexcept {
  State::Held held(state_->lock);
  return state_->overtaken;
}

EventChannel::Activity EventChannel::activity() const noexcept {
  State::Held held(state_->lock);
  return {state_->updates + state_->problems + state_->late_calls, state_->first_held != nullptr};
}

std::size_t EventChannel::bytes_in_use() const noexcept {
  State::Held held(state_->lock);
  return state_->queue.bytes_in_use();
}

}  // namespace mapisync
