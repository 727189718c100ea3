// The undelivered events of one channel, in order and within bounds. Not thread-safe: the channel's lock guards it, but
// for what the reader has been handed over.
//
// Ordinarily all stands in `first_`. What comes when that may not grow any further goes to `last_`, out of whose front
// problems are counted instead of kept, so that the order of delivery is:
//
//   handed_over_ | first_ | how many problems were left out | the newest progress among those | last_ | the end
//
// The text of the newest progress event stays reachable after it has been delivered, for the next to be compared with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "events/chunk_queue.h"
#include "events/event_channel.h"
#include "events/event_text.h"

namespace mapisync {

// A provider's call, with the text where the provider has it.
struct Note {
  EventKind kind = EventKind::kProgress;  // or kProblem
  const char16_t* text = nullptr;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint64_t at_ms = 0;
};

enum class Keeping : std::uint8_t {
  kEach,      // 'every', with room
  kNewest,    // 'latest': the newest progress, and the first and last problems
  kOverflow,  // 'every', without room and on a thread that may not wait: as kNewest, behind what was kept with room
};

class EventQueue {
 public:
  EventQueue();
  EventQueue(const EventQueue&) = delete;
  EventQueue& operator=(const EventQueue&) = delete;

  // A note that memory does not suffice for is counted as left out if it is a problem, and else overtaken by the next.
  void Add(const Note& note, Keeping keeping) noexcept;
  void Start(std::uint32_t flags, std::uint64_t at_ms) noexcept;
  void End(const Event& end, std::u16string text) noexcept;

  // The reader's three steps. Those that have the lock are short, also with a long backlog: no provider is to wait
  // while events are read that are in another processor's cache.
  //
  // With the lock: hands over, of the first so many events, what nobody changes any more.
  void HandOver(std::size_t max_events) noexcept;
  // Without the lock: appends what has been handed over. Throws std::bad_alloc and has done nothing then.
  std::size_t TakeHandedOver(std::size_t max_events, EventBatch* batch);
  // With the lock: appends the texts of those, and what else there is. Throws std::bad_alloc; what `batch` has not got
  // by then is still in the queue.
  std::size_t TakeRest(std::size_t max_events, EventBatch* batch);

  // Forgets everything and frees it, but for what has been handed over: the reader does that.
  void Clear() noexcept;
  // The reader, with the lock.
  void ClearHandedOver() noexcept;

  bool empty() const noexcept { return size() == 0; }
  std::size_t size() const noexcept {
    return handed_over_size_ + first_.events.size() + (left_out_ != 0) + has_gap_progress_ + last_.events.size() +
           has_end_;
  }
  std::size_t text_bytes() const noexcept {
    return first_.text_bytes() + last_.text_bytes() +
           ((gap_progress_.kind_and_flags & kEventHasText) != 0 ? HeapBytes(gap_text_) : 0);
  }
  std::size_t bytes_in_use() const noexcept;

 private:
  // An event that waits. Half of its time tells the whole: it is behind `newest_at_ms_` by less than 49 days.
  struct Waiting {
    std::uint32_t kind_and_flags;
    std::uint32_t a;
    std::uint32_t b;
    std::uint32_t at_ms_low;
  };

  struct Segment {
    ChunkQueue<Waiting> events;
    ChunkQueue<std::u16string> texts;  // of the events that are flagged kEventHasText
    std::size_t heap_bytes = 0;        // of the texts
    std::size_t problems = 0;

    bool EndsInProgress() const noexcept;
    std::size_t text_bytes() const noexcept { return texts.size() * sizeof(std::u16string) + heap_bytes; }
  };

  bool LastInUse() const noexcept { return left_out_ != 0 || has_gap_progress_ || !last_.events.empty(); }
  bool FirstHasRoom(std::size_t text_bytes) const noexcept;
  bool AddRepeat(const Note& note) noexcept;
  void AddProgress(const Note& note, Keeping keeping);
  void AddProblem(const Note& note, Keeping keeping);
  bool StoreProgressText(Segment& segment, const char16_t* text, bool replaces) noexcept;
  void LeaveOut(std::uint64_t at_ms) noexcept;
  void TrimLast(Keeping keeping) noexcept;
  bool MoveProblemToFirst() noexcept;
  void AbsorbLeadingProgress() noexcept;
  void AppendLastToFirst();
  void AppendGapToFirst();
  void MoveFront(Segment& from, Segment& to);
  Waiting NextLeftOut() noexcept;
  Event AsEvent(const Waiting& waiting) const noexcept { return AsEvent(waiting, newest_at_ms_); }
  static Event AsEvent(const Waiting& waiting, std::uint64_t newest_at_ms) noexcept;
  static void Reserve(Segment& segment, bool with_text);
  void MoveText(std::u16string& from, std::u16string& to) noexcept;
  void Push(Segment& segment, const Waiting& event) noexcept;
  void PushText(Segment& segment, std::u16string& text) noexcept;
  void PopText(Segment& segment, std::u16string& to) noexcept;
  static void PlaceText(EventBatch* batch);
  void DeliverText(std::u16string& text, EventBatch* batch) noexcept;
  void DeliverFrontText(Segment& segment, EventBatch* batch) noexcept;

  // The reader's alone, with the lock and without it.
  ChunkQueue<Waiting> handed_over_;
  std::uint64_t handed_over_at_ms_ = 0;     // newest_at_ms_ at that time
  std::size_t handed_over_texts_most_ = 0;  // as many texts at most
  std::size_t texts_owed_ = 0;              // to the batch, for what was taken without the lock
  std::size_t problems_taken_ = 0;

  // The lock's, as all that follows.
  std::size_t handed_over_size_ = 0;
  std::size_t handed_over_bytes_ = 0;
  Segment first_;  // `texts` and `problems` are also those of what has been handed over
  Segment last_;
  std::uint64_t left_out_ = 0;
  std::uint64_t left_out_at_ms_ = 0;
  bool has_gap_progress_ = false;
  bool has_end_ = false;
  Waiting gap_progress_{};
  std::u16string gap_text_;
  Event end_;
  std::u16string end_text_;
  // The last progress text that was not NULL: among the undelivered ones, or `delivered_text_`; null: there was none.
  const std::u16string* progress_text_ = nullptr;
  std::u16string delivered_text_;
  std::uint64_t newest_at_ms_ = 0;
};

}  // namespace mapisync
