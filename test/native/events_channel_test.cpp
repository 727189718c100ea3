// The event channel: its behaviours one by one, its threads, and random histories against a plain list.

#include "events/event_channel.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <deque>
#include <memory>
#include <new>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "check.h"
#include "events/clock.h"
#include "events/event_text.h"

namespace {

// Allocations of this thread, and after how many of them memory is to run out (0: never).
thread_local std::size_t allocations = 0;
thread_local std::size_t fail_after = 0;

}  // namespace

#ifdef __GNUC__
// GCC sees through one of the two and not the other.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif

void* operator new(std::size_t size) {
  ++allocations;
  if (fail_after != 0 && --fail_after == 0) {
    fail_after = 1;  // and so the next, too
    throw std::bad_alloc();
  }
  void* const memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace mapisync {
namespace {

constexpr std::uint32_t kWarning = 0x00040680;
constexpr std::uint32_t kFailure = 0x80040115;

class CountingReader : public EventReader {
 public:
  void OnReady() noexcept override { ++told_; }
  int told() const { return told_; }

 private:
  std::atomic<int> told_{0};
};

// An event as a reader understands it, who knows the texts of those before.
struct Seen {
  EventKind kind = EventKind::kStart;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t c = 0;
  bool null_text = false;
  std::optional<std::u16string> message;

  bool operator==(const Seen&) const = default;
};

std::string Describe(const Seen& seen) {
  std::string text = "kind " + std::to_string(static_cast<unsigned>(seen.kind)) + " (" + std::to_string(seen.a) + ", " +
                     std::to_string(seen.b) + ", " + std::to_string(seen.c) + ")" + (seen.null_text ? " NULL" : "");
  if (!seen.message) return text + " without a message";
  text += " '";
  for (const char16_t unit : seen.message->substr(0, 20)) text += unit < 0x7F ? static_cast<char>(unit) : '?';
  return text + "'";
}

class Decoder {
 public:
  std::vector<Seen> Decode(const EventBatch& batch) {
    std::vector<Seen> all;
    auto text = batch.texts.begin();
    for (const Event& event : batch.events) {
      CHECK(event.at_ms >= newest_at_ms_);
      newest_at_ms_ = event.at_ms;
      Seen seen{static_cast<EventKind>(event.kind_and_flags & 0xFF), event.a,     event.b, event.c,
                (event.kind_and_flags & kEventNullText) != 0,        std::nullopt};
      if ((event.kind_and_flags & kEventHasText) != 0) {
        CHECK(text != batch.texts.end());
        seen.message = *text++;
        if (seen.kind == EventKind::kProgress) message_ = seen.message;
      } else if (seen.kind == EventKind::kProgress) {
        seen.message = message_;
      }
      all.push_back(std::move(seen));
    }
    CHECK(text == batch.texts.end());
    return all;
  }

 private:
  std::optional<std::u16string> message_;
  std::uint64_t newest_at_ms_ = 0;
};

// What the calling thread says that it is: one that may be made to wait, or one that never is.
enum class Holding : EventChannel::ThreadId { kAllowed = 1, kForbidden = 2 };
thread_local EventChannel::ThreadId this_thread = 0;
EventChannel::ThreadId ThisThread() { return this_thread; }

struct Rig {
  explicit Rig(Delivery delivery, std::uint32_t hold_ms = 0)
      : channel({delivery, hold_ms, &ThisThread, {static_cast<EventChannel::ThreadId>(Holding::kForbidden)}}, reader) {}

  NoteResult Progress(const char16_t* text, std::uint32_t index, std::uint32_t max = 10,
                      Holding holding = Holding::kAllowed) {
    this_thread = static_cast<EventChannel::ThreadId>(holding);
    return channel.Progress(text, index, max);
  }
  NoteResult Problem(std::uint32_t hresult, const char16_t* text, Holding holding = Holding::kAllowed) {
    this_thread = static_cast<EventChannel::ThreadId>(holding);
    return channel.Problem(hresult, text);
  }
  // Brings an 'every' channel to its bound.
  void Fill() {
    for (std::uint32_t i = 0; i < EventChannel::kMaxEvents; ++i) Progress(u"filling", i, 10, Holding::kForbidden);
  }
  std::vector<Seen> Take(std::size_t max_events) {
    EventBatch batch;
    const std::size_t taken = channel.Take(max_events, &batch);
    CHECK(taken == batch.events.size());
    CHECK(taken <= max_events);
    return decoder.Decode(batch);
  }
  std::vector<Seen> TakeAll(std::size_t at_once = 100) {
    std::vector<Seen> all;
    for (;;) {
      std::vector<Seen> some = Take(at_once);
      if (some.empty()) return all;
      std::move(some.begin(), some.end(), std::back_inserter(all));
    }
  }
  // Until so many calls have arrived, and one of them is held.
  void AwaitHeld(std::uint64_t calls) const {
    for (;;) {
      const EventChannel::Activity activity = channel.activity();
      if (activity.calls >= calls && activity.held) return;
      std::this_thread::yield();
    }
  }

  std::shared_ptr<CountingReader> reader = std::make_shared<CountingReader>();
  EventChannel channel;
  Decoder decoder;
};

Seen AProgress(std::uint32_t index, std::uint32_t max, std::optional<std::u16string> message, bool null_text = false) {
  return {EventKind::kProgress, index, max, 0, null_text, std::move(message)};
}
Seen AProblem(std::uint32_t hresult, std::optional<std::u16string> message) {
  const bool null_text = !message.has_value();
  return {EventKind::kProblem, hresult, 0, 0, null_text, std::move(message)};
}
Seen ALeftOut(std::uint32_t count) { return {EventKind::kLeftOut, count, 0, 0, false, std::nullopt}; }

void CheckSame(const std::vector<Seen>& got, const std::vector<Seen>& wanted) {
  for (std::size_t i = 0; i < std::min(got.size(), wanted.size()); ++i) {
    CHECK_SAY(got[i] == wanted[i],
              "event " + std::to_string(i) + " is " + Describe(got[i]) + ", not " + Describe(wanted[i]));
  }
  CHECK_SAY(got.size() == wanted.size(), std::to_string(got.size()) + " events, not " + std::to_string(wanted.size()));
}

std::size_t CountKind(const std::vector<Seen>& all, EventKind kind) {
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const Seen& s) { return s.kind == kind; }));
}

std::uint64_t LeftOutIn(const std::vector<Seen>& all) {
  std::uint64_t count = 0;
  for (const Seen& seen : all) count += seen.kind == EventKind::kLeftOut ? seen.a : 0;
  return count;
}

// --- What is delivered ---

CASE("'every' delivers each call, in order") {
  Rig rig(Delivery::kEvery);
  rig.channel.Start(0xC3);
  rig.Progress(u"Inbox", 1);
  rig.Progress(u"Inbox", 2);
  rig.Problem(kWarning, u"slow");
  rig.Progress(u"Sent", 3);
  rig.channel.End(1, 0, 7, u"done");
  CheckSame(rig.TakeAll(), {{EventKind::kStart, 0xC3, 0, 0, false, std::nullopt},
                            AProgress(1, 10, u"Inbox"),
                            AProgress(2, 10, u"Inbox"),
                            AProblem(kWarning, u"slow"),
                            AProgress(3, 10, u"Sent"),
                            {EventKind::kEnd, 1, 0, 7, false, u"done"}});
  CHECK(rig.channel.updates() == 3);
  CHECK(rig.channel.problems() == 1);
}

CASE("'latest' keeps the newest progress, and those before a problem and before the end") {
  Rig rig(Delivery::kLatest);
  rig.channel.Start(1);
  for (std::uint32_t i = 0; i < 100; ++i) rig.Progress(u"Inbox", i);
  rig.Problem(kFailure, nullptr);
  for (std::uint32_t i = 100; i < 200; ++i) rig.Progress(u"Sent", i);
  rig.channel.End(2, kFailure, 0, {});
  CheckSame(rig.TakeAll(), {{EventKind::kStart, 1, 0, 0, false, std::nullopt},
                            AProgress(99, 10, u"Inbox"),
                            AProblem(kFailure, std::nullopt),
                            AProgress(199, 10, u"Sent"),
                            {EventKind::kEnd, 2, kFailure, 0, false, std::nullopt}});
  CHECK(rig.channel.updates() == 200);
}

CASE("a text that a newer call without one has overtaken is not lost") {
  Rig rig(Delivery::kLatest);
  rig.Progress(u"Inbox", 1);
  rig.Progress(nullptr, 2);
  CheckSame(rig.TakeAll(), {AProgress(2, 10, u"Inbox", true)});
  rig.Progress(u"Sent", 3);
  rig.Progress(nullptr, 4);
  rig.Progress(u"Sent", 5);
  CheckSame(rig.TakeAll(), {AProgress(5, 10, u"Sent")});
  rig.Progress(nullptr, 6);
  CheckSame(rig.TakeAll(), {AProgress(6, 10, u"Sent", true)});
}

CASE("an empty text is a text, and no text is none") {
  Rig rig(Delivery::kEvery);
  rig.Progress(nullptr, 1);
  rig.Progress(u"", 2);
  rig.Problem(kWarning, u"");
  rig.Problem(kWarning, nullptr);
  CheckSame(rig.TakeAll(), {AProgress(1, 10, std::nullopt, true), AProgress(2, 10, u""), AProblem(kWarning, u""),
                            AProblem(kWarning, std::nullopt)});
}

CASE("a text that repeats is stored once, also after it has been delivered, and costs no allocation") {
  for (const Delivery delivery : {Delivery::kLatest, Delivery::kEvery}) {
    Rig rig(delivery);
    EventBatch batch;
    rig.Progress(u"Inbox/Projects/2026 report", 1);
    rig.channel.Take(10, &batch);
    CHECK(batch.texts.size() == 1);
    batch = {};
    const std::size_t before = allocations;
    for (std::uint32_t i = 0; i < 100; ++i) rig.Progress(u"Inbox/Projects/2026 report", i);
    CHECK(allocations == before);
    rig.channel.Take(1000, &batch);
    CHECK(batch.texts.empty());
    rig.Progress(u"Inbox/Projects/2026 reports", 2);
    rig.Progress(u"Inbox/Projects/2026 report", 3);
    rig.Progress(u"Inbox/Projects/2026 repor", 4);
    CHECK(rig.TakeAll().back() == AProgress(4, 10, u"Inbox/Projects/2026 repor"));
  }
}

CASE("'latest' takes texts that change without allocating") {
  Rig rig(Delivery::kLatest);
  rig.Progress(u"Inbox/Projects/2026 report", 1);
  rig.TakeAll();
  rig.Progress(u"Inbox/Projects/2026 budget", 1);
  const std::size_t before = allocations;
  for (std::uint32_t i = 0; i < 100; ++i) {
    rig.Progress(i % 2 == 0 ? u"Inbox/Projects/2026 report" : u"Inbox/Projects/2026 budget", i);
  }
  CHECK(allocations == before);
  CheckSame(rig.TakeAll(), {AProgress(99, 10, u"Inbox/Projects/2026 budget")});
}

// --- Texts ---

CASE("a text of 1,048,576 units is kept whole, a longer one is cut and ends in an ellipsis") {
  for (const Delivery delivery : {Delivery::kLatest, Delivery::kEvery}) {
    Rig rig(delivery);
    const std::u16string whole(EventChannel::kMaxTextUnits, u'a');
    const std::u16string longer = whole + u"b";
    const std::u16string cut = whole.substr(1) + u"\u2026";
    rig.Progress(whole.c_str(), 1);
    rig.Problem(kWarning, whole.c_str());
    rig.Problem(kWarning, longer.c_str());
    rig.Progress(longer.c_str(), 2);
    const std::vector<Seen> all = rig.TakeAll();
    CHECK(all.size() == 4);
    CHECK(all[0].message == whole);
    CHECK(all[1].message == whole);
    CHECK(all[2].message == cut);
    CHECK(all[3].message == cut);
  }
}

CASE("a text repeats where all of it does, wherever it lies in memory") {
  for (std::size_t start = 0; start < 5; ++start) {
    for (std::size_t length = 0; length < 20; ++length) {
      std::u16string stored;
      for (std::size_t i = 0; i < length; ++i) stored.push_back(static_cast<char16_t>(u'a' + i));
      std::vector<char16_t> memory(start);
      memory.insert(memory.end(), stored.begin(), stored.end());
      memory.push_back(0);
      char16_t* const text = memory.data() + start;
      CHECK(IsStoredText(stored, text));
      for (std::size_t i = 0; i < length; ++i) {
        for (const char16_t other : {u'?', u'\0'}) {
          const char16_t unit = std::exchange(text[i], other);
          CHECK_SAY(!IsStoredText(stored, text), std::to_string(i) + " of " + std::to_string(length));
          text[i] = unit;
        }
      }
      text[length] = u'?';
      memory.push_back(0);
      CHECK(!IsStoredText(stored, memory.data() + start));
    }
  }
}

CASE("a text is read to the end of the memory that it is in, and no further") {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  void* const memory = mmap(nullptr, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(memory != MAP_FAILED);
  CHECK(mprotect(static_cast<char*>(memory) + page, page, PROT_NONE) == 0);
  char16_t* const end = static_cast<char16_t*>(memory) + page / sizeof(char16_t);
  for (std::size_t length = 0; length < 20; ++length) {
    const std::u16string stored(length, u'a');
    char16_t* const text = end - length - 1;
    std::copy_n(stored.c_str(), length + 1, text);
    CHECK(IsStoredText(stored, text));
    CHECK(!IsStoredText(stored + u'a', text));
    CHECK(!IsStoredText(stored + u"abcd", text));
  }
  munmap(memory, 2 * page);
}

CASE("the first unit that differs is found, wherever it stands and wherever a page of memory ends") {
  constexpr std::size_t kUnitsPerPage = 4096 / sizeof(char16_t);
  constexpr std::size_t kLongest = 40;
  std::vector<char16_t> pages(3 * kUnitsPerPage, u'!');
  char16_t* page = pages.data();
  while (reinterpret_cast<std::uintptr_t>(page) % 4096 != 0) ++page;
  page += kUnitsPerPage;
  std::u16string kept;
  for (std::size_t length = 0; length <= kLongest; ++length) {
    for (std::size_t before = 0; before <= kLongest; ++before) {
      char16_t* const text = page - before;
      std::copy_n(kept.c_str(), length + 1, text);
      CHECK(EqualUnits(kept.c_str(), length + 1, text) == length + 1);
      for (std::size_t at = 0; at <= length; ++at) {
        text[at] ^= 0x100;
        CHECK(EqualUnits(kept.c_str(), length + 1, text) == at);
        text[at] ^= 0x100;
      }
    }
    kept.push_back(static_cast<char16_t>(u'a' + length % 26));
  }
}

CASE("a text that was cut is recognised when it repeats") {
  Rig rig(Delivery::kEvery);
  std::u16string longer(EventChannel::kMaxTextUnits + 500, u'a');
  rig.Progress(longer.c_str(), 1);
  EventBatch batch;
  rig.channel.Take(10, &batch);
  batch = {};
  rig.Progress(longer.c_str(), 2);
  longer += u"different behind the cut";
  rig.Progress(longer.c_str(), 3);
  rig.channel.Take(10, &batch);
  CHECK(batch.events.size() == 2 && batch.texts.empty());
  // As long as the limit, it is another text.
  longer.resize(EventChannel::kMaxTextUnits);
  rig.Progress(longer.c_str(), 4);
  rig.channel.Take(10, &batch);
  CHECK(batch.texts.size() == 1 && batch.texts[0] == longer);
}

CASE("the cut splits no surrogate pair, and keeps a lone surrogate") {
  Rig rig(Delivery::kEvery);
  std::u16string text(EventChannel::kMaxTextUnits + 2, u'a');
  text[EventChannel::kMaxTextUnits - 2] = 0xD83D;
  text[EventChannel::kMaxTextUnits - 1] = 0xDE00;
  rig.Progress(text.c_str(), 1);
  rig.Progress(text.c_str(), 2);
  std::u16string cut = text.substr(0, EventChannel::kMaxTextUnits - 2) + u"\u2026";
  EventBatch batch;
  rig.channel.Take(10, &batch);
  CHECK(batch.texts.size() == 1 && batch.texts[0] == cut);
  text[EventChannel::kMaxTextUnits - 1] = u'a';
  cut = text.substr(0, EventChannel::kMaxTextUnits - 1) + u"\u2026";
  rig.Progress(text.c_str(), 3);
  batch = {};
  rig.channel.Take(10, &batch);
  CHECK(batch.texts.size() == 1 && batch.texts[0] == cut);
}

CASE("lone surrogates, noncharacters and line breaks pass as they are") {
  Rig rig(Delivery::kLatest);
  const std::u16string odd = {0xD800, u'x', 0xDC00, 0xFFFF, u'\n', 0xFFFE, 0xDBFF};
  rig.Progress(odd.c_str(), 1);
  rig.Problem(kFailure, odd.c_str());
  CheckSame(rig.TakeAll(), {AProgress(1, 10, odd), AProblem(kFailure, odd)});
}

// --- Waking ---

CASE("the reader is told once for however much has gathered, and again only after it has found nothing") {
  for (const Delivery delivery : {Delivery::kLatest, Delivery::kEvery}) {
    Rig rig(delivery);
    CHECK(rig.reader->told() == 0);
    rig.channel.Start(0);
    for (std::uint32_t i = 0; i < 50; ++i) rig.Progress(u"x", i);
    CHECK(rig.reader->told() == 1);
    CHECK(rig.Take(1).size() == 1);
    rig.Progress(u"x", 1);
    CHECK(rig.reader->told() == 1);
    rig.TakeAll();
    CHECK(rig.reader->told() == 1);
    rig.Problem(kWarning, nullptr);
    CHECK(rig.reader->told() == 2);
    CHECK(rig.TakeAll().size() == 1);
    CHECK(rig.reader->told() == 2);
  }
}

CASE("the reader is told of the end though it has left something untaken") {
  for (const Delivery delivery : {Delivery::kLatest, Delivery::kEvery}) {
    Rig rig(delivery);
    rig.channel.Start(0);
    rig.Progress(u"x", 1);
    CHECK(rig.Take(1).size() == 1);
    CHECK(rig.reader->told() == 1);
    rig.channel.End(1, 0, 0, {});
    CHECK(rig.reader->told() == 2);
    rig.channel.End(1, 0, 0, {});
    CHECK(rig.reader->told() == 2);
    CHECK(rig.TakeAll().size() == 2);
    CHECK(rig.reader->told() == 2);
  }
}

CASE("the reader is told under no lock of the channel") {
  class Calling : public EventReader {
   public:
    void OnReady() noexcept override {
      bytes = channel->bytes_in_use();
      channel->Take(100, &batch);
      channel->Take(100, &batch);
    }
    EventChannel* channel = nullptr;
    std::size_t bytes = 0;
    EventBatch batch;
  };
  const auto reader = std::make_shared<Calling>();
  EventChannel channel({Delivery::kEvery, 0}, reader);
  reader->channel = &channel;
  channel.Start(0);
  channel.Progress(u"Inbox", 1, 2);
  channel.Problem(kWarning, u"x");
  channel.End(1, 0, 0, {});
  CHECK(reader->batch.events.size() == 4);
  CHECK(reader->bytes > 0);
}

CASE("the channel lets go of its reader when it closes for it") {
  Rig rig(Delivery::kLatest);
  const std::weak_ptr<CountingReader> reader = rig.reader;
  rig.Progress(u"x", 1);
  rig.reader.reset();
  CHECK(!reader.expired());
  rig.channel.CloseForReader();
  CHECK(reader.expired());
}

// --- Closing ---

CASE("the end closes for writing and leaves what is undelivered readable") {
  Rig rig(Delivery::kLatest);
  rig.channel.Start(5);
  rig.Progress(u"x", 1);
  rig.channel.End(1, 0, 0, {});
  CHECK(rig.Progress(u"y", 2) == NoteResult::kClosed);
  CHECK(rig.Problem(kFailure, u"y") == NoteResult::kClosed);
  rig.channel.Start(6);
  rig.channel.End(2, 1, 1, u"again");
  CheckSame(rig.TakeAll(), {{EventKind::kStart, 5, 0, 0, false, std::nullopt},
                            AProgress(1, 10, u"x"),
                            {EventKind::kEnd, 1, 0, 0, false, std::nullopt}});
  CHECK(rig.channel.updates() == 1);
  CHECK(rig.channel.problems() == 0);
  CHECK(rig.channel.activity().calls == 3);
  CHECK(rig.channel.bytes_in_use() == 0);
}

CASE("closed for the provider, the channel still takes the start and the end") {
  Rig rig(Delivery::kEvery);
  rig.channel.CloseForProvider();
  rig.channel.Start(5);
  CHECK(rig.Progress(u"x", 1) == NoteResult::kClosed);
  rig.channel.End(4, kFailure, 0, {});
  CheckSame(rig.TakeAll(), {{EventKind::kStart, 5, 0, 0, false, std::nullopt},
                            {EventKind::kEnd, 4, kFailure, 0, false, std::nullopt}});
}

CASE("closed for the reader, the channel frees everything and takes nothing") {
  for (const Delivery delivery : {Delivery::kLatest, Delivery::kEvery}) {
    Rig rig(delivery);
    const std::u16string large(100000, u'a');
    rig.Progress(large.c_str(), 1);
    rig.Problem(kWarning, large.c_str());
    CHECK(rig.channel.bytes_in_use() > 400000);
    rig.channel.CloseForReader();
    rig.channel.CloseForReader();
    CHECK(rig.channel.bytes_in_use() == 0);
    const std::size_t before = allocations;
    rig.channel.Start(1);
    CHECK(rig.Progress(large.c_str(), 2) == NoteResult::kClosed);
    rig.channel.End(1, 0, 0, {});
    rig.channel.CloseForProvider();
    CHECK(allocations == before);
    CHECK(rig.TakeAll().empty());
    CHECK(rig.reader->told() == 1);
  }
}

CASE("closed for the reader between two batches, the channel has nothing for the second") {
  Rig rig(Delivery::kEvery);
  rig.Fill();
  CHECK(rig.Take(10).size() == 10);
  rig.channel.CloseForReader();
  CHECK(rig.channel.bytes_in_use() < 10000);
  CHECK(rig.Take(10).empty());
  CHECK(rig.channel.bytes_in_use() == 0);
}

// --- Bounds of 'latest' ---

CASE("problems beyond the first and the last 1000 undelivered are counted, in one event between") {
  Rig rig(Delivery::kLatest);
  for (std::uint32_t i = 0; i < 5000; ++i) {
    rig.Progress(u"Inbox", i);
    rig.Problem(i, u"why");
  }
  const std::vector<Seen> all = rig.TakeAll();
  CHECK(CountKind(all, EventKind::kProblem) == 2000);
  CHECK(CountKind(all, EventKind::kLeftOut) == 1);
  CHECK(all[2000] == ALeftOut(3000));
  CHECK(all[1999] == AProblem(999, u"why"));
  CHECK(all[2001] == AProgress(4000, 10, u"Inbox"));
  CHECK(all[2002] == AProblem(4000, u"why"));
  CHECK(all.back() == AProblem(4999, u"why"));
  CHECK(rig.channel.problems() == 5000);
}

CASE("2000 undelivered problems are all kept, wherever the reader stopped") {
  for (const std::uint32_t taken : {0u, 1u, 500u, 999u, 1000u, 1500u}) {
    Rig rig(Delivery::kLatest);
    for (std::uint32_t i = 0; i < 2000; ++i) rig.Problem(i, u"why");
    CHECK(rig.Take(taken).size() == taken);
    for (std::uint32_t i = 0; i < taken; ++i) rig.Problem(2000 + i, u"why");
    std::vector<Seen> all = rig.TakeAll();
    CHECK(all.size() == 2000);
    for (std::uint32_t i = 0; i < 2000; ++i) CHECK(all[i] == AProblem(taken + i, u"why"));
    for (std::uint32_t i = 0; i < 2001; ++i) rig.Problem(i, nullptr);
    CHECK(LeftOutIn(rig.TakeAll()) == 1);
  }
}

CASE("a text that was brought among the problems left out is not lost") {
  Rig rig(Delivery::kLatest);
  for (std::uint32_t i = 0; i < 1500; ++i) rig.Problem(i, u"why");
  rig.Progress(u"the only text", 1);
  for (std::uint32_t i = 1500; i < 4000; ++i) {
    rig.Problem(i, u"why");
    rig.Progress(nullptr, i);
  }
  const std::vector<Seen> all = rig.TakeAll();
  CHECK(all[1000] == ALeftOut(2000));
  CHECK(all[1001] == AProgress(2999, 10, u"the only text", true));
  CHECK(all.back() == AProgress(3999, 10, u"the only text", true));
}

CASE("'latest' stays below 1 MB in a flood of progress and of problems with texts as usual") {
  Rig rig(Delivery::kLatest);
  std::size_t most = 0;
  for (std::uint32_t i = 0; i < 100000; ++i) {
    rig.Progress(i % 3 == 0 ? u"Inbox/Projects/2026 report" : u"Inbox/Projects/2026 budget", i);
    if (i % 10 == 0) rig.Problem(kFailure, u"The message could not be sent.");
    if (i % 100 == 0) most = std::max(most, rig.channel.bytes_in_use());
  }
  CHECK_SAY(most < 1000000, std::to_string(most));
  CHECK(rig.channel.updates() == 100000);
}

CASE("'latest' is bounded in a flood of megabyte texts, keeps the newest problem, and counts exactly") {
  for (const std::size_t units : {EventChannel::kMaxTextUnits, EventChannel::kMaxTextUnits / 8, std::size_t{5000}}) {
    Rig rig(Delivery::kLatest);
    std::u16string text(units, u'a');
    std::size_t most = 0;
    const std::uint32_t calls = units > 100000 ? 30 : 3000;
    std::uint32_t delivered = 0;
    std::uint64_t left_out = 0;
    for (std::uint32_t i = 0; i < calls; ++i) {
      text[units / 2] = static_cast<char16_t>(u'a' + i % 20);
      rig.Progress(text.c_str(), i);
      rig.Problem(i, text.c_str());
      most = std::max(most, rig.channel.bytes_in_use());
      if (i % 7 == 3 && i + 1 < calls) {
        for (const Seen& seen : rig.Take(2)) {
          delivered += seen.kind == EventKind::kProblem;
          left_out += seen.kind == EventKind::kLeftOut ? seen.a : 0;
        }
      }
    }
    CHECK_SAY(most <= 20000000, std::to_string(most));
    const std::vector<Seen> all = rig.TakeAll();
    CHECK(all.back() == AProblem(calls - 1, text));
    CHECK(all[all.size() - 2] == AProgress(calls - 1, 10, text));
    delivered += static_cast<std::uint32_t>(CountKind(all, EventKind::kProblem));
    left_out += LeftOutIn(all);
    CHECK_SAY(delivered + left_out == calls, std::to_string(delivered) + " and " + std::to_string(left_out));
    CHECK(rig.channel.problems() == calls);
  }
}

CASE("the memory of a long text is given back when a short one follows") {
  Rig rig(Delivery::kLatest);
  rig.Progress(std::u16string(EventChannel::kMaxTextUnits, u'a').c_str(), 1);
  rig.TakeAll();
  CHECK(rig.channel.bytes_in_use() > 2000000);
  rig.Progress(u"short", 2);
  rig.TakeAll();
  rig.Progress(u"shorter", 3);
  CHECK(rig.channel.bytes_in_use() < 50000);
}

// --- Bounds of 'every' ---

CASE("'every' makes a provider wait at the bound, until there is room to go on") {
  Rig rig(Delivery::kEvery);
  rig.Fill();
  CHECK(!rig.channel.activity().held);
  NoteResult result = NoteResult::kClosed;
  std::thread provider([&] { result = rig.Progress(u"the held one", 4711); });
  rig.AwaitHeld(EventChannel::kMaxEvents + 1);
  constexpr std::size_t kToTake = EventChannel::kMaxEvents - EventChannel::kGoOnEvents;
  CHECK(rig.Take(kToTake - 1).size() == kToTake - 1);
  CHECK(rig.channel.activity().held);
  CHECK(rig.Take(1).size() == 1);
  CHECK(!rig.channel.activity().held);
  provider.join();
  CHECK(result == NoteResult::kTaken);
  const std::vector<Seen> rest = rig.TakeAll();
  CHECK(rest.size() == EventChannel::kGoOnEvents + 1);
  CHECK(rest.back() == AProgress(4711, 10, u"the held one"));
}

CASE("'every' makes a provider wait for bytes of text as well") {
  Rig rig(Delivery::kEvery);
  std::u16string text(EventChannel::kMaxTextUnits, u'a');
  std::atomic<std::uint32_t> written{0};
  std::thread provider([&] {
    for (std::uint32_t i = 0; i < 20; ++i) {
      text[5] = static_cast<char16_t>(u'a' + i);
      rig.Progress(text.c_str(), i);
      ++written;
    }
  });
  rig.AwaitHeld(0);
  CHECK(written < 10);
  CHECK(rig.channel.bytes_in_use() <= EventChannel::kMaxTextBytes + 2 * EventChannel::kMaxTextUnits + 100000);
  std::uint32_t seen = 0;
  while (seen < 20) {
    for (const Seen& event : rig.Take(1)) {
      CHECK(event.a == seen);
      CHECK(event.message->at(5) == u'a' + seen);
      ++seen;
    }
    CHECK(rig.channel.bytes_in_use() <= 16000000);
  }
  provider.join();
}

CASE("held providers keep the order in which they came") {
  Rig rig(Delivery::kEvery);
  rig.Fill();
  std::vector<std::thread> providers;
  for (std::uint32_t i = 0; i < 5; ++i) {
    providers.emplace_back([&rig, i] { i == 3 ? rig.Problem(i, u"x") : rig.Progress(u"x", i); });
    rig.AwaitHeld(EventChannel::kMaxEvents + 1 + i);
  }
  CHECK(rig.Take(EventChannel::kMaxEvents).size() == EventChannel::kMaxEvents);
  for (std::thread& provider : providers) provider.join();
  CheckSame(rig.TakeAll(), {AProgress(0, 10, u"x"), AProgress(1, 10, u"x"), AProgress(2, 10, u"x"), AProblem(3, u"x"),
                            AProgress(4, 10, u"x")});
}

CASE("a provider is held for so long at most, and its note is taken then") {
  Rig rig(Delivery::kEvery, 20);
  rig.Fill();
  CHECK(rig.Progress(u"late", 1) == NoteResult::kHoldExpired);
  CHECK(rig.Problem(kFailure, u"later") == NoteResult::kHoldExpired);
  CHECK(!rig.channel.activity().held);
  rig.Take(EventChannel::kMaxEvents);
  CheckSame(rig.TakeAll(), {AProgress(1, 10, u"late"), AProblem(kFailure, u"later")});
}

CASE("a held provider is let go at once by each of the ways to close, and what it said is not lost") {
  for (const int way : {0, 1, 2}) {
    Rig rig(Delivery::kEvery);
    rig.Fill();
    NoteResult results[2] = {NoteResult::kTaken, NoteResult::kTaken};
    std::thread first([&] { results[0] = rig.Progress(u"held", 1); });
    rig.AwaitHeld(EventChannel::kMaxEvents + 1);
    std::thread second([&] { results[1] = rig.Problem(kFailure, u"held"); });
    rig.AwaitHeld(EventChannel::kMaxEvents + 2);
    if (way == 0) rig.channel.CloseForProvider();
    if (way == 1) rig.channel.CloseForReader();
    rig.channel.End(1, 0, 0, {});
    first.join();
    second.join();
    CHECK(results[0] == NoteResult::kClosed && results[1] == NoteResult::kClosed);
    const std::vector<Seen> all = rig.TakeAll(1000);
    if (way == 1) {
      CHECK(all.empty());
    } else {
      CHECK(all.size() == EventChannel::kMaxEvents + 3);
      CHECK(all[all.size() - 3] == AProgress(1, 10, u"held"));
      CHECK(all[all.size() - 2] == AProblem(kFailure, u"held"));
      CHECK(all.back().kind == EventKind::kEnd);
    }
  }
}

CASE("a thread that may not wait is never held, and its notes are bounded and counted") {
  Rig rig(Delivery::kEvery);
  rig.Fill();
  for (std::uint32_t i = 0; i < 5000; ++i) {
    CHECK(rig.Progress(u"overflow", i, 10, Holding::kForbidden) == NoteResult::kTaken);
    CHECK(rig.Progress(nullptr, i, 11, Holding::kForbidden) == NoteResult::kTaken);
    CHECK(rig.Problem(i, u"overflow", Holding::kForbidden) == NoteResult::kTaken);
  }
  CHECK(rig.channel.bytes_in_use() < 2000000);
  CHECK(rig.Take(EventChannel::kMaxEvents).size() == EventChannel::kMaxEvents);
  // With room again, everything goes on behind it.
  rig.Progress(u"a", 1);
  rig.Progress(u"b", 2);
  const std::vector<Seen> all = rig.TakeAll();
  CHECK(all.size() == 2004 - 1);
  CHECK(all[0] == ALeftOut(4000));
  CHECK(all[1] == AProgress(4000, 11, u"overflow", true));
  CHECK(all[2] == AProblem(4000, u"overflow"));
  CHECK(all[2000] == AProblem(4999, u"overflow"));
  CHECK(all[2001] == AProgress(1, 10, u"a"));
  CHECK(all[2002] == AProgress(2, 10, u"b"));
  CHECK(rig.channel.updates() == EventChannel::kMaxEvents + 10002);
}

CASE("a thread that may not wait comes behind those that are held where there is room for them") {
  Rig rig(Delivery::kEvery);
  rig.Fill();
  std::thread provider([&] { rig.Progress(u"held", 1); });
  rig.AwaitHeld(EventChannel::kMaxEvents + 1);
  rig.Take(10);
  CHECK(rig.channel.activity().held);
  rig.Progress(u"forbidden", 2, 10, Holding::kForbidden);
  provider.join();
  const std::vector<Seen> all = rig.TakeAll(1000);
  CHECK(all[all.size() - 2] == AProgress(1, 10, u"held"));
  CHECK(all.back() == AProgress(2, 10, u"forbidden"));
}

// --- Times and memory ---

CASE("a note's time is the truth, or one tick behind it") {
  NoteClock clock;
  std::uint64_t last = 0;
  for (int i = 0; i < 200000; ++i) {
    const std::uint64_t before = clock_source::EpochMs();
    const std::uint64_t now = clock.NowMs();
    const std::uint64_t after = clock_source::EpochMs();
    CHECK(now <= after);
    CHECK(now + 20 >= before);
    CHECK(now >= last);
    last = now;
  }
}

CASE("where memory runs out nothing is thrown, problems are counted, and the channel goes on") {
  for (const Delivery delivery : {Delivery::kLatest, Delivery::kEvery}) {
    for (std::size_t after = 1; after < 12; ++after) {
      Rig rig(delivery);
      rig.channel.Start(1);
      rig.Progress(u"a text that does not fit into a string", 1);
      fail_after = after;
      for (std::uint32_t i = 0; i < 600; ++i) {
        rig.Problem(i, i % 3 == 0 ? nullptr : u"another text that does not fit");
        rig.Progress(i % 2 == 0 ? u"a third text that does not fit into a string" : nullptr, i);
      }
      fail_after = 0;
      rig.Progress(u"and a fourth text that does not fit", 700);
      rig.Problem(kFailure, u"and the last text that does not fit");
      rig.channel.End(1, 0, 0, {});
      const std::vector<Seen> all = rig.TakeAll();
      CHECK(all.front().kind == EventKind::kStart);
      CHECK(all.back().kind == EventKind::kEnd);
      CHECK(all[all.size() - 2] == AProblem(kFailure, u"and the last text that does not fit"));
      CHECK(all[all.size() - 3] == AProgress(700, 10, u"and a fourth text that does not fit"));
      CHECK(LeftOutIn(all) > 0);
      CHECK(CountKind(all, EventKind::kProblem) + LeftOutIn(all) == 601);
      CHECK(rig.channel.problems() == 601);
    }
  }
}

CASE("a batch for which memory does not suffice can be taken again") {
  for (const Delivery delivery : {Delivery::kLatest, Delivery::kEvery}) {
    std::vector<Seen> wanted;
    for (std::size_t after = 0; after < 80; ++after) {
      Rig rig(delivery);
      for (std::uint32_t i = 0; i < 2100; ++i) {
        rig.Problem(i, u"a text that does not fit into a string");
        rig.Progress(i % 100 == 0 ? u"another text that does not fit into it" : nullptr, i);
      }
      rig.channel.End(1, 0, 0, u"and a third text that does not fit");
      std::vector<Seen> all;
      if (after != 0) {
        EventBatch batch;
        // The first few allocations, and then some further on.
        fail_after = after <= 20 ? after : (after - 20) * 97;
        bool threw = false;
        try {
          rig.channel.Take(10000, &batch);
        } catch (const std::bad_alloc&) {
          threw = true;
        }
        fail_after = 0;
        CHECK(threw || batch.events.size() == wanted.size());
        all = rig.decoder.Decode(batch);
      }
      const std::vector<Seen> rest = rig.TakeAll(10000);
      all.insert(all.end(), rest.begin(), rest.end());
      if (after == 0) {
        wanted = all;
      } else {
        CheckSame(all, wanted);
      }
    }
  }
}

CASE("the text that the next progress is compared with is delivered also where memory does not suffice to keep it") {
  Rig rig(Delivery::kEvery);
  rig.Progress(u"a text that does not fit into a string", 1);
  EventBatch batch;
  batch.events.reserve(10);
  batch.texts.reserve(10);
  fail_after = 1;
  CHECK(rig.channel.Take(10, &batch) == 1);
  fail_after = 0;
  CheckSame(rig.decoder.Decode(batch), {AProgress(1, 10, u"a text that does not fit into a string")});
  rig.Progress(u"a text that does not fit into a string", 2);
  CheckSame(rig.TakeAll(), {AProgress(2, 10, u"a text that does not fit into a string")});
}

// --- Random histories against a plain list ---

// The channel as one would say it: a list of what is undelivered, to which the rules are applied by looking for things.
class ListModel {
 public:
  explicit ListModel(Delivery delivery) : every_(delivery == Delivery::kEvery) {}

  void Start(std::uint32_t flags) { list_.push_back({{EventKind::kStart, flags, 0, 0, false, std::nullopt}}); }
  void End(std::uint32_t reason, std::u16string text) {
    std::optional<std::u16string> message;
    if (!text.empty()) message = std::move(text);
    list_.push_back({{EventKind::kEnd, reason, 1, 2, false, std::move(message)}});
    closed_ = true;
  }
  void Close() { closed_ = true; }
  void Forget() { list_.clear(); }

  void Progress(const char16_t* text, std::uint32_t index, std::uint32_t max) {
    if (closed_) return;
    ++updates_;
    if (text != nullptr) message_ = text;
    Entry entry{AProgress(index, max, message_, text == nullptr), Overflows()};
    const bool coalesces = !every_ || entry.overflow;
    if (coalesces && !list_.empty() && list_.back().seen.kind == EventKind::kProgress &&
        list_.back().overflow == entry.overflow) {
      list_.back() = entry;
    } else {
      list_.push_back(entry);
    }
  }

  void Problem(std::uint32_t hresult, const char16_t* text) {
    if (closed_) return;
    ++problems_;
    std::optional<std::u16string> message;
    if (text != nullptr) message = text;
    list_.push_back({AProblem(hresult, message), Overflows()});
    if (every_ && !list_.back().overflow) return;
    LeaveOut();
  }

  std::vector<Seen> Take(std::size_t max) {
    std::vector<Seen> taken;
    for (std::size_t i = 0; i < std::min(max, list_.size()); ++i) taken.push_back(list_[i].seen);
    list_.erase(list_.begin(), list_.begin() + static_cast<std::ptrdiff_t>(taken.size()));
    return taken;
  }

  bool closed() const { return closed_; }
  bool full() const { return every_ && list_.size() >= EventChannel::kMaxEvents; }
  std::size_t size() const { return list_.size(); }
  std::uint64_t updates() const { return updates_; }
  std::uint64_t problems() const { return problems_; }

 private:
  struct Entry {
    Seen seen;
    bool overflow = false;
  };

  // Is the next note one that 'every' has no room for? If there is room, what overflowed before is as if it had not.
  bool Overflows() {
    if (!every_) return false;
    if (full()) return true;
    for (auto entry = list_.rbegin(); entry != list_.rend() && entry->overflow; ++entry) entry->overflow = false;
    return false;
  }

  void LeaveOut() {
    if (list_.size() <= EventChannel::kKeptProblems) return;
    const auto is = [](const Entry& entry, EventKind kind) { return entry.seen.kind == kind; };
    // Where those that may be left out begin: behind what is left out already, else behind the first 1000.
    std::size_t begin = 0;
    std::size_t first = 0;
    bool counted = false;
    if (every_) {
      for (begin = list_.size(); begin != 0 && list_[begin - 1].overflow;) --begin;
    }
    for (std::size_t i = begin; i < list_.size(); ++i) {
      if (is(list_[i], EventKind::kLeftOut)) {
        begin = i + 1;
        counted = true;
      } else if (!every_ && !counted && is(list_[i], EventKind::kProblem) && ++first <= EventChannel::kKeptProblems) {
        begin = i + 1;
      }
    }
    std::size_t kept = 0;
    for (std::size_t i = begin; i < list_.size(); ++i) kept += is(list_[i], EventKind::kProblem);
    if (kept <= EventChannel::kKeptProblems) return;
    std::size_t goes = begin;
    while (!is(list_[goes], EventKind::kProblem)) ++goes;
    list_.erase(list_.begin() + static_cast<std::ptrdiff_t>(goes));
    if (goes > begin && is(list_[goes], EventKind::kProgress)) {
      list_.erase(list_.begin() + static_cast<std::ptrdiff_t>(goes - 1));
    }
    if (counted) {
      ++list_[begin - 1].seen.a;
    } else {
      list_.insert(list_.begin() + static_cast<std::ptrdiff_t>(begin), Entry{ALeftOut(1), every_});
    }
  }

  const bool every_;
  bool closed_ = false;
  std::deque<Entry> list_;
  std::optional<std::u16string> message_;
  std::uint64_t updates_ = 0;
  std::uint64_t problems_ = 0;
};

void RunHistory(std::uint32_t seed, Delivery delivery) {
  std::mt19937 random(seed);
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
  const char16_t* const texts[] = {nullptr,  u"",           u"Inbox",
                                   u"Inbo",  u"Inbox/Sent", u"Inbox/Projects/2026 report of all of us",
                                   u"Inbox", u"\xD800",     u"Inbox/Projects/2026 report of all of them"};
  const auto text = [&] { return texts[below(std::size(texts))]; };
  Rig rig(delivery);
  ListModel model(delivery);
  std::vector<Seen> got;
  std::vector<Seen> wanted;
  const auto take = [&](std::size_t max) {
    const std::vector<Seen> from_rig = rig.Take(max);
    const std::vector<Seen> from_model = model.Take(max);
    got.insert(got.end(), from_rig.begin(), from_rig.end());
    wanted.insert(wanted.end(), from_model.begin(), from_model.end());
  };
  const auto progress = [&] {
    const char16_t* const chosen = text();
    const std::uint32_t index = below(100);
    model.Progress(chosen, index, 100);
    rig.Progress(chosen, index, 100, Holding::kForbidden);
  };
  const auto problem = [&] {
    const char16_t* const chosen = text();
    const std::uint32_t hresult = below(1000000);
    model.Problem(hresult, chosen);
    rig.Problem(hresult, chosen, Holding::kForbidden);
  };
  if (below(4) != 0) {
    rig.channel.Start(seed);
    model.Start(seed);
  }
  // A history's temper: how much it writes at once, and how much of that is problems.
  const std::uint32_t burst = below(2) == 0 ? 5 : 1200;
  const std::uint32_t problems_in_10 = below(10);
  for (std::uint32_t step = 0, steps = burst > 5 ? 20 : 150; step < steps; ++step) {
    switch (below(8)) {
      case 0:
      case 1:
        take(below(burst));
        break;
      case 2:
        // To just below the bound, and over it.
        if (delivery == Delivery::kEvery && burst > 5 && below(3) == 0) {
          while (!model.closed() && model.size() + 2 < EventChannel::kMaxEvents) progress();
        }
        break;
      case 3:
        if (below(60) == 0) {
          rig.channel.CloseForProvider();
          model.Close();
        }
        break;
      default:
        for (std::uint32_t i = below(burst); i > 0; --i) below(10) < problems_in_10 ? problem() : progress();
    }
    if (below(20) == 0) take(100000);
  }
  if (below(5) == 0) {
    rig.channel.CloseForReader();
    model.Forget();
  } else if (below(5) != 0) {
    const char16_t* const chosen = below(2) == 0 ? u"" : u"a text for the end, not a short one";
    rig.channel.End(seed, 1, 2, chosen);
    model.End(seed, chosen);
    progress();
    problem();
  }
  while (model.size() != 0) take(1 + below(burst * 10));
  CHECK(rig.Take(10).empty());
  try {
    CheckSame(got, wanted);
    CHECK(rig.channel.updates() == model.updates());
    CHECK(rig.channel.problems() == model.problems());
    CHECK(rig.channel.bytes_in_use() < 50000);
  } catch (check::Failed& failure) {
    failure.why += " (seed " + std::to_string(seed) + ")";
    throw;
  }
}

CASE("random histories in 'latest' give what a plain list gives") {
  for (std::uint32_t seed = 1; seed <= check::Histories(100); ++seed) RunHistory(seed, Delivery::kLatest);
}

CASE("random histories in 'every' give what a plain list gives") {
  for (std::uint32_t seed = 1; seed <= check::Histories(60); ++seed) RunHistory(seed, Delivery::kEvery);
}

// --- Threads ---

// Provider number `who` says its own number as the maximum, and counts.
void Provide(EventChannel* channel, std::uint32_t who, std::uint32_t calls, std::uint32_t problem_each) {
  this_thread = static_cast<EventChannel::ThreadId>(Holding::kAllowed);
  static const char16_t* const texts[] = {u"Inbox", u"Inbox/Projects/2026 report", nullptr, u"Sent items of last year"};
  for (std::uint32_t i = 0; i < calls; ++i) {
    if (problem_each != 0 && i % problem_each == problem_each - 1) {
      channel->Problem(who << 24 | i, texts[i % 4]);
    } else {
      channel->Progress(texts[i / 50 % 4], i, who);
    }
  }
}

CASE("many providers and a slow reader: 'every' loses nothing, keeps each thread's order and its bounds") {
  constexpr std::uint32_t kProviders = 5;
  constexpr std::uint32_t kCalls = 40000;
  Rig rig(Delivery::kEvery);
  std::vector<std::thread> providers;
  for (std::uint32_t who = 0; who < kProviders; ++who) {
    providers.emplace_back(Provide, &rig.channel, who, kCalls, 20);
  }
  rig.AwaitHeld(0);
  std::vector<std::uint32_t> next(kProviders, 0);
  std::size_t seen = 0;
  std::size_t most = 0;
  std::mt19937 random(1);
  while (seen < kProviders * kCalls) {
    most = std::max(most, rig.channel.bytes_in_use());
    for (const Seen& event : rig.Take(1 + random() % 3000)) {
      const bool problem = event.kind == EventKind::kProblem;
      CHECK(problem || event.kind == EventKind::kProgress);
      const std::uint32_t who = problem ? event.a >> 24 : event.b;
      CHECK(who < kProviders);
      CHECK((problem ? event.a & 0xFFFFFF : event.a) == next[who]++);
      ++seen;
    }
  }
  for (std::thread& provider : providers) provider.join();
  CHECK(rig.Take(1).empty());
  CHECK_SAY(most < 16000000, std::to_string(most));
  CHECK(rig.channel.updates() == kProviders * (kCalls - kCalls / 20));
  CHECK(rig.channel.problems() == kProviders * kCalls / 20);
  CHECK(!rig.channel.activity().held);
}

CASE("many providers and a slow reader: 'latest' keeps each thread's order, every problem, and its bound") {
  constexpr std::uint32_t kProviders = 5;
  constexpr std::uint32_t kCalls = 20000;
  for (const std::uint32_t problem_each : {100u, 3u}) {
    Rig rig(Delivery::kLatest);
    std::atomic<std::uint32_t> running{kProviders};
    std::vector<std::thread> providers;
    for (std::uint32_t who = 0; who < kProviders; ++who) {
      providers.emplace_back([&, who] {
        Provide(&rig.channel, who, kCalls, problem_each);
        --running;
      });
    }
    std::vector<std::int64_t> last(kProviders, -1);
    std::vector<Seen> all;
    std::size_t most = 0;
    for (bool done = false; !done;) {
      done = running == 0;
      most = std::max(most, rig.channel.bytes_in_use());
      const std::vector<Seen> some = rig.Take(done ? 100000 : 50);
      all.insert(all.end(), some.begin(), some.end());
    }
    for (std::thread& provider : providers) provider.join();
    CHECK(rig.TakeAll().empty());
    for (const Seen& event : all) {
      if (event.kind == EventKind::kLeftOut) continue;
      const bool problem = event.kind == EventKind::kProblem;
      const std::uint32_t who = problem ? event.a >> 24 : event.b;
      const std::int64_t index = problem ? event.a & 0xFFFFFF : event.a;
      CHECK(index > last[who]);
      last[who] = index;
    }
    CHECK(CountKind(all, EventKind::kProblem) + LeftOutIn(all) == rig.channel.problems());
    CHECK(rig.channel.problems() == kProviders * (kCalls / problem_each));
    CHECK_SAY(most < 1000000, std::to_string(most));
  }
}

CASE("the reader is never left asleep with something to take") {
  class Sleeper : public EventReader {
   public:
    void OnReady() noexcept override { ready.store(true); }
    std::atomic<bool> ready{false};
  };
  for (const Delivery delivery : {Delivery::kLatest, Delivery::kEvery}) {
    const auto reader = std::make_shared<Sleeper>();
    EventChannel channel({delivery, 0}, reader);
    std::vector<std::thread> providers;
    for (std::uint32_t who = 0; who < 3; ++who) providers.emplace_back(Provide, &channel, who, 20000, 50);
    std::thread ending([&] {
      for (std::thread& provider : providers) provider.join();
      channel.End(1, 0, 0, {});
    });
    // If a wake-up were missing, this would go on for ever.
    for (bool ended = false; !ended;) {
      while (!reader->ready.exchange(false)) std::this_thread::yield();
      for (;;) {
        EventBatch batch;
        if (channel.Take(500, &batch) == 0) break;
        ended = ended || (batch.events.back().kind_and_flags & 0xFF) == static_cast<std::uint32_t>(EventKind::kEnd);
      }
    }
    ending.join();
  }
}

CASE("closed at any moment, the channel lets every provider go, and what was readable stays in order") {
  std::mt19937 random(7);
  for (std::uint32_t round = 0; round < 60; ++round) {
    const Delivery delivery = round % 2 == 0 ? Delivery::kEvery : Delivery::kLatest;
    Rig rig(delivery);
    rig.channel.Start(round);
    // Every other time from a full channel, so that providers are held when it closes.
    if (round % 4 == 0) rig.Fill();
    std::atomic<bool> stop{false};
    std::vector<std::thread> providers;
    for (std::uint32_t who = 0; who < 3; ++who) {
      providers.emplace_back([&, who] {
        for (std::uint32_t i = 0; !stop; ++i) {
          const NoteResult result = i % 9 == 0 ? rig.Problem(who, u"problem") : rig.Progress(u"progress", i, who);
          if (result == NoteResult::kClosed) break;
        }
      });
    }
    while (rig.channel.activity().calls < random() % 3000) {
      if (random() % 8 == 0) rig.Take(random() % 400);
      std::this_thread::yield();
    }
    const std::uint32_t way = random() % 3;
    std::thread closer([&] {
      if (way == 0) rig.channel.CloseForProvider();
      if (way == 1) rig.channel.CloseForReader();
      rig.channel.End(way, 0, 0, u"the end");
    });
    // The end may be among these already.
    std::vector<Seen> rest;
    if (random() % 2 == 0) rest = rig.Take(random() % 1000);
    for (std::thread& provider : providers) provider.join();
    closer.join();
    stop = true;
    for (Seen& seen : rig.TakeAll(1000)) rest.push_back(std::move(seen));
    if (way == 1) {
      CHECK(rest.empty() || rest.back().kind != EventKind::kEnd);
    } else {
      CHECK(rest.back() == (Seen{EventKind::kEnd, way, 0, 0, false, u"the end"}));
    }
    CHECK(rig.channel.bytes_in_use() == 0);
    CHECK(rig.Problem(1, u"late") == NoteResult::kClosed);
  }
}

}  // namespace
}  // namespace mapisync

int main(int argc, char** argv) { return mapisync::check::Main(argc, argv); }
