// The event channel: from any number of provider threads to one reader, in one order, within bounds.
// Portable C++20; the lock and the clock that it stands on are in lock.h and clock.h.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace mapisync {

enum class Delivery : std::uint8_t { kLatest, kEvery };

// The numbers cross into JavaScript as they are: src/native/binding.ts has the same.
enum class EventKind : std::uint32_t { kStart = 1, kProgress = 2, kProblem = 3, kLeftOut = 4, kEnd = 5 };
// The event brings a text. A progress event without it repeats the text of the one before.
inline constexpr std::uint32_t kEventHasText = 0x100;
// The provider passed NULL. With both flags, the event brings the text of one that it has overtaken.
inline constexpr std::uint32_t kEventNullText = 0x200;

struct Event {
  std::uint32_t kind_and_flags = 0;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t c = 0;
  std::uint64_t at_ms = 0;  // milliseconds since the epoch
};

// What a batch consists of: events, oldest first, and the texts that those flagged kEventHasText bring, in order.
struct EventBatch {
  std::vector<Event> events;
  std::vector<std::u16string> texts;
};

// Told once, under no lock, when there is something to take; told again only after Take has found nothing, and once at
// the end, which a reader that has left something untaken must hear of.
class EventReader {
 public:
  virtual ~EventReader() = default;
  // Any thread.
  virtual void OnReady() noexcept = 0;
};

enum class NoteResult : std::uint8_t {
  kTaken,
  kClosed,       // the channel takes nothing any more; the note was dropped
  kHoldExpired,  // waited as long as allowed; the note was taken as if the thread might not wait
};

class EventChannel {
 public:
  // The bounds. Public, since the documentation and the tests quote them.
  //
  // 'every': with so many undelivered events, or so many bytes of undelivered text, the next provider waits, until no
  // more are left than it may go on with. That is soon, and for a short while: on a machine with few processors a
  // provider that runs takes JavaScript's.
  static constexpr std::size_t kMaxEvents = 65536;
  static constexpr std::size_t kMaxTextBytes = 8 * 1024 * 1024;
  static constexpr std::size_t kGoOnEvents = kMaxEvents / 8 * 7;
  static constexpr std::size_t kGoOnTextBytes = kMaxTextBytes / 8 * 7;
  // 'latest': the first and the last so many undelivered problems are kept, and of either as many as have so many bytes
  // of text, that of the progress between included; the newest always. The others are counted. With texts of usual
  // length that is some hundred kilobytes; with the longest, 20 MB at the very most.
  static constexpr std::size_t kKeptProblems = 1000;
  static constexpr std::size_t kKeptTextBytes = 5 * 1024 * 1024;
  // Longer text is cut and ends in an ellipsis.
  static constexpr std::size_t kMaxTextUnits = 1048576;

  using ThreadId = std::uint32_t;
  struct Options {
    Delivery delivery = Delivery::kLatest;
    std::uint32_t hold_ms = 60000;  // how long 'every' may make a provider wait in one call; 0: without limit
    // Which thread this is; asked only where 'every' has no room. Null: any may be made to wait.
    ThreadId (*current_thread)() = nullptr;
    // These may not: the note of such a thread is taken by the rules of 'latest', behind what is undelivered.
    std::array<ThreadId, 2> never_held{};
  };

  // Throws std::bad_alloc. `reader` is let go of by CloseForReader.
  EventChannel(const Options& options, std::shared_ptr<EventReader> reader);
  ~EventChannel();
  EventChannel(const EventChannel&) = delete;
  EventChannel& operator=(const EventChannel&) = delete;

  // Any thread. `text` is the provider's: read up to its NUL, during the call alone, and copied only if it differs from
  // the last progress text; may be null.
  NoteResult Progress(const char16_t* text, std::uint32_t index, std::uint32_t max) noexcept;
  NoteResult Problem(std::uint32_t hresult, const char16_t* text) noexcept;

  // Any thread. Never waits, always finds room, is taken once. End closes the channel for writing; an empty text: none.
  void Start(std::uint32_t flags) noexcept;
  void End(std::uint32_t reason, std::uint32_t hresult, std::uint32_t other_hresult, std::u16string text) noexcept;

  // Any thread. Lets held providers go at once, their notes taken as if they might not wait; what is written from then
  // on is dropped, but for Start and End.
  void CloseForProvider() noexcept;
  // Any thread. Nobody will read any more: as above, and what is undelivered is freed, but for what the reader's last
  // Take has set apart for its next, which that or the destructor frees.
  void CloseForReader() noexcept;

  // The reader's thread. Appends at most max_events; returns how many. Returning 0 arms the next OnReady. Throws
  // std::bad_alloc; what has not been appended by then can still be taken. Of a long backlog it reads most under no
  // lock.
  std::size_t Take(std::size_t max_events, EventBatch* batch);

  // Any thread. Calls that arrived before the channel was closed, coalesced or left out ones included. The problems
  // delivered and the counts of kLeftOut events add up to problems().
  std::uint64_t updates() const noexcept;
  std::uint64_t problems() const noexcept;
  // Any thread. 'every': progress calls of threads that must not wait which a newer one has overtaken.
  std::uint64_t overtaken() const noexcept;
  // Any thread. `calls` changes with every call that arrives, late ones too; `held` says whether a provider waits for
  // room now.
  struct Activity {
    std::uint64_t calls;
    bool held;
  };
  Activity activity() const noexcept;
  // Any thread. Bytes that the channel holds for undelivered events and texts.
  std::size_t bytes_in_use() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mapisync
