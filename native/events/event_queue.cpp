#include "events/event_queue.h"

#include <algorithm>
#include <limits>
#include <new>
#include <utility>

#include "events/event_text.h"

namespace mapisync {

namespace {

constexpr std::uint32_t Number(EventKind kind) noexcept { return static_cast<std::uint32_t>(kind); }
constexpr std::uint32_t Low(std::uint64_t ms) noexcept { return static_cast<std::uint32_t>(ms); }
constexpr bool Is(const auto& event, EventKind kind) noexcept { return (event.kind_and_flags & 0xFF) == Number(kind); }
constexpr bool HasText(const auto& event) noexcept { return (event.kind_and_flags & kEventHasText) != 0; }

}  // namespace

EventQueue::EventQueue() {
  // The start always finds room.
  first_.events.EnsureRoom();
}

bool EventQueue::Segment::EndsInProgress() const noexcept {
  return !events.empty() && Is(events.back(), EventKind::kProgress);
}

std::size_t EventQueue::bytes_in_use() const noexcept {
  return handed_over_bytes_ + first_.events.bytes() + first_.texts.bytes() + first_.heap_bytes + last_.events.bytes() +
         last_.texts.bytes() + last_.heap_bytes + HeapBytes(gap_text_) + HeapBytes(end_text_) +
         HeapBytes(delivered_text_);
}

void EventQueue::Add(const Note& note, Keeping keeping) noexcept {
  newest_at_ms_ = std::max(newest_at_ms_, note.at_ms);
  if (keeping == Keeping::kEach && AddRepeat(note)) return;
  try {
    if (note.kind == EventKind::kProgress) {
      AddProgress(note, keeping);
    } else {
      AddProblem(note, keeping);
    }
  } catch (const std::bad_alloc&) {
    if (note.kind == EventKind::kProblem) LeaveOut(newest_at_ms_);
  }
}

// What a flood consists of, on a way of its own: it is the provider's time. Answers false and has done nothing where it
// is anything but a progress that repeats the text before it, with a place left in the last chunk.
bool EventQueue::AddRepeat(const Note& note) noexcept {
  if (note.kind != EventKind::kProgress || note.text == nullptr || progress_text_ == nullptr || LastInUse() ||
      !first_.events.HasPlace() || !IsStoredText(*progress_text_, note.text)) {
    return false;
  }
  first_.events.Push({Number(EventKind::kProgress), note.a, note.b, Low(newest_at_ms_)});
  return true;
}

void EventQueue::AddProgress(const Note& note, Keeping keeping) {
  const bool to_last =
      keeping == Keeping::kOverflow || (keeping == Keeping::kNewest && (LastInUse() || !FirstHasRoom(0)));
  if (keeping == Keeping::kEach && LastInUse()) AppendLastToFirst();
  Segment& segment = to_last ? last_ : first_;

  const std::uint32_t null_text = note.text == nullptr ? kEventNullText : 0;
  const bool repeats = note.text == nullptr || (progress_text_ != nullptr && IsStoredText(*progress_text_, note.text));
  if (keeping != Keeping::kEach && segment.EndsInProgress()) {
    // Overtaken. The text that it would have brought is still to be brought, unless there is a newer one.
    Waiting& overtaken = segment.events.back();
    bool brings = HasText(overtaken);
    if (!repeats) brings = StoreProgressText(segment, note.text, brings) || brings;
    overtaken = {Number(EventKind::kProgress) | null_text | (brings ? kEventHasText : 0), note.a, note.b,
                 Low(newest_at_ms_)};
    return;
  }
  Reserve(segment, false);
  const bool brings = !repeats && StoreProgressText(segment, note.text, false);
  Push(segment,
       {Number(EventKind::kProgress) | null_text | (brings ? kEventHasText : 0), note.a, note.b, Low(newest_at_ms_)});
}

// `replaces`: the segment's last text belongs to the progress event that is being overtaken. Answers whether the text
// was stored; where memory does not suffice, the event goes without: the next call tries again.
bool EventQueue::StoreProgressText(Segment& segment, const char16_t* text, bool replaces) noexcept {
  try {
    const std::size_t length = TextLength(text);
    if (replaces) {
      std::u16string& stored = segment.texts.back();
      const std::size_t before = HeapBytes(stored);
      StoreText(stored, text, length);
      segment.heap_bytes += HeapBytes(stored) - before;
      return true;
    }
    segment.texts.EnsureRoom();
    std::u16string stored;
    // The delivered text is no longer needed once there is a newer one, but its memory is.
    if (progress_text_ == &delivered_text_ && length <= delivered_text_.capacity()) {
      progress_text_ = nullptr;
      stored.swap(delivered_text_);
    }
    StoreText(stored, text, length);
    PushText(segment, stored);
    progress_text_ = &segment.texts.back();
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

void EventQueue::AddProblem(const Note& note, Keeping keeping) {
  if (keeping == Keeping::kEach && LastInUse()) AppendLastToFirst();
  std::u16string text;
  if (note.text != nullptr) StoreText(text, note.text, TextLength(note.text));
  const bool to_last =
      keeping == Keeping::kOverflow || (keeping == Keeping::kNewest && (LastInUse() || !FirstHasRoom(HeapBytes(text))));
  Segment& segment = to_last ? last_ : first_;
  Reserve(segment, note.text != nullptr);
  if (note.text != nullptr) PushText(segment, text);
  Push(segment, {Number(EventKind::kProblem) | (note.text != nullptr ? kEventHasText : kEventNullText), note.a, 0,
                 Low(newest_at_ms_)});
  if (to_last) TrimLast(keeping);
}

bool EventQueue::FirstHasRoom(std::size_t text_bytes) const noexcept {
  return first_.problems < EventChannel::kKeptProblems &&
         (first_.texts.empty() || first_.text_bytes() + text_bytes <= EventChannel::kKeptTextBytes);
}

void EventQueue::LeaveOut(std::uint64_t at_ms) noexcept {
  if (left_out_++ == 0) left_out_at_ms_ = at_ms;
}

void EventQueue::TrimLast(Keeping keeping) noexcept {
  while (last_.problems > 1 &&
         (last_.problems > EventChannel::kKeptProblems || last_.text_bytes() > EventChannel::kKeptTextBytes)) {
    AbsorbLeadingProgress();
    // The reader may have made room among the first since.
    if (keeping == Keeping::kNewest && left_out_ == 0 && MoveProblemToFirst()) continue;
    const Waiting problem = last_.events.front();
    LeaveOut(AsEvent(problem).at_ms);
    if (HasText(problem)) {
      std::u16string dropped;
      PopText(last_, dropped);
    }
    --last_.problems;
    last_.events.Pop();
    AbsorbLeadingProgress();
  }
}

// The front of `last_` is a problem.
bool EventQueue::MoveProblemToFirst() noexcept {
  const std::size_t gap_bytes = HasText(gap_progress_) ? HeapBytes(gap_text_) : 0;
  const std::size_t text_bytes = HasText(last_.events.front()) ? HeapBytes(last_.texts.front()) : 0;
  if (!FirstHasRoom(gap_bytes + text_bytes)) return false;
  try {
    AppendGapToFirst();
    MoveFront(last_, first_);
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

// The progress at the front of `last_` overtakes what was kept of the progress before it, but for a text that only the
// older one brought.
void EventQueue::AbsorbLeadingProgress() noexcept {
  while (!last_.events.empty() && Is(last_.events.front(), EventKind::kProgress)) {
    Waiting& progress = last_.events.front();
    if (HasText(progress)) {
      PopText(last_, gap_text_);
    } else if (HasText(gap_progress_)) {
      progress.kind_and_flags |= kEventHasText;
    }
    gap_progress_ = progress;
    has_gap_progress_ = true;
    last_.events.Pop();
  }
}

// Throws std::bad_alloc; what has been moved by then is moved, and the order is kept.
void EventQueue::AppendLastToFirst() {
  while (left_out_ != 0) {
    Reserve(first_, false);
    Push(first_, NextLeftOut());
  }
  AppendGapToFirst();
  while (!last_.events.empty()) MoveFront(last_, first_);
}

void EventQueue::AppendGapToFirst() {
  if (!has_gap_progress_) return;
  Reserve(first_, HasText(gap_progress_));
  if (HasText(gap_progress_)) PushText(first_, gap_text_);
  Push(first_, gap_progress_);
  gap_progress_ = {};
  has_gap_progress_ = false;
}

void EventQueue::MoveFront(Segment& from, Segment& to) {
  const Waiting event = from.events.front();
  Reserve(to, HasText(event));
  if (HasText(event)) {
    std::u16string& text = to.texts.Push({});
    PopText(from, text);
    to.heap_bytes += HeapBytes(text);
  }
  if (Is(event, EventKind::kProblem)) --from.problems;
  Push(to, event);
  from.events.Pop();
}

// A part of what was left out, as large as an event can say.
EventQueue::Waiting EventQueue::NextLeftOut() noexcept {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max();
  const auto part = static_cast<std::uint32_t>(std::min(left_out_, kMost));
  left_out_ -= part;
  std::uint64_t at_ms = left_out_at_ms_;
  // What stands behind it is not always newer than what was left out, but no time goes back.
  if (has_gap_progress_) {
    at_ms = std::min(at_ms, AsEvent(gap_progress_).at_ms);
  } else if (!last_.events.empty()) {
    at_ms = std::min(at_ms, AsEvent(last_.events.front()).at_ms);
  }
  return {Number(EventKind::kLeftOut), part, 0, Low(at_ms)};
}

Event EventQueue::AsEvent(const Waiting& waiting, std::uint64_t newest_at_ms) noexcept {
  const std::uint32_t behind = Low(newest_at_ms) - waiting.at_ms_low;
  return {waiting.kind_and_flags, waiting.a, waiting.b, 0, newest_at_ms - behind};
}

void EventQueue::Start(std::uint32_t flags, std::uint64_t at_ms) noexcept {
  newest_at_ms_ = std::max(newest_at_ms_, at_ms);
  try {
    Reserve(first_, false);
  } catch (const std::bad_alloc&) {
    return;  // Not when it is the first, as it is.
  }
  Push(first_, {Number(EventKind::kStart), flags, 0, Low(newest_at_ms_)});
}

void EventQueue::End(const Event& end, std::u16string text) noexcept {
  newest_at_ms_ = std::max(newest_at_ms_, end.at_ms);
  end_ = end;
  end_.kind_and_flags = Number(EventKind::kEnd) | (text.empty() ? 0 : kEventHasText);
  end_.at_ms = newest_at_ms_;
  end_text_ = std::move(text);
  has_end_ = true;
}

void EventQueue::HandOver(std::size_t max_events) noexcept {
  if (!handed_over_.empty()) return;
  first_.events.MoveChunks(&handed_over_, max_events);
  handed_over_at_ms_ = newest_at_ms_;
  handed_over_texts_most_ = first_.texts.size();
  handed_over_size_ = handed_over_.size();
  handed_over_bytes_ = handed_over_.bytes();
}

std::size_t EventQueue::TakeHandedOver(std::size_t max_events, EventBatch* batch) {
  const std::size_t taken = std::min(max_events, handed_over_.size());
  batch->events.reserve(batch->events.size() + taken);
  batch->texts.reserve(batch->texts.size() + std::min(taken, handed_over_texts_most_));
  for (std::size_t i = 0; i < taken; ++i) {
    const Waiting& event = handed_over_.front();
    batch->events.push_back(AsEvent(event, handed_over_at_ms_));
    if (HasText(event)) ++texts_owed_;
    if (Is(event, EventKind::kProblem)) ++problems_taken_;
    handed_over_.Pop();
  }
  if (handed_over_.empty()) handed_over_.Clear();
  return taken;
}

std::size_t EventQueue::TakeRest(std::size_t max_events, EventBatch* batch) {
  for (; texts_owed_ != 0; --texts_owed_) {
    PlaceText(batch);  // has been reserved
    DeliverFrontText(first_, batch);
  }
  first_.problems -= std::exchange(problems_taken_, 0);
  handed_over_size_ = handed_over_.size();
  handed_over_bytes_ = handed_over_.bytes();
  if (handed_over_size_ != 0) return 0;

  const auto take_front = [&](Segment& segment) {
    const Waiting event = segment.events.front();
    batch->events.push_back(AsEvent(event));
    if (HasText(event)) {
      PlaceText(batch);
      DeliverFrontText(segment, batch);
    }
    if (Is(event, EventKind::kProblem)) --segment.problems;
    segment.events.Pop();
  };
  std::size_t taken = 0;
  for (; taken < max_events; ++taken) {
    if (!first_.events.empty()) {
      take_front(first_);
    } else if (left_out_ != 0) {
      batch->events.emplace_back();
      batch->events.back() = AsEvent(NextLeftOut());
    } else if (has_gap_progress_) {
      batch->events.push_back(AsEvent(gap_progress_));
      if (HasText(gap_progress_)) {
        PlaceText(batch);
        DeliverText(gap_text_, batch);
      }
      gap_progress_ = {};
      has_gap_progress_ = false;
    } else if (!last_.events.empty()) {
      take_front(last_);
    } else if (has_end_) {
      batch->events.push_back(end_);
      if (HasText(end_)) {
        PlaceText(batch);
        DeliverText(end_text_, batch);
      }
      Clear();
    } else {
      break;
    }
  }
  return taken;
}

// Makes a place in the batch for the text of its last event. Throws std::bad_alloc, and has taken the event back then.
void EventQueue::PlaceText(EventBatch* batch) {
  try {
    batch->texts.emplace_back();
  } catch (...) {
    batch->events.pop_back();
    throw;
  }
}

// Moves the text to its place in the batch. The one that the next progress is compared with stays here as well; where
// memory does not suffice for both, the next progress brings its own.
void EventQueue::DeliverText(std::u16string& text, EventBatch* batch) noexcept {
  if (progress_text_ == &text) {
    try {
      batch->texts.back() = text;
      MoveText(text, delivered_text_);
      return;
    } catch (const std::bad_alloc&) {
      progress_text_ = nullptr;
    }
  }
  batch->texts.back() = std::move(text);
}

void EventQueue::DeliverFrontText(Segment& segment, EventBatch* batch) noexcept {
  std::u16string text;
  PopText(segment, text);
  DeliverText(text, batch);
}

void EventQueue::Clear() noexcept {
  for (Segment* const segment : {&first_, &last_}) {
    segment->events.Clear();
    segment->texts.Clear();
    segment->heap_bytes = 0;
    segment->problems = 0;
  }
  left_out_ = 0;
  has_gap_progress_ = false;
  gap_progress_ = {};
  has_end_ = false;
  progress_text_ = nullptr;
  for (std::u16string* const text : {&gap_text_, &end_text_, &delivered_text_}) std::u16string().swap(*text);
}

void EventQueue::ClearHandedOver() noexcept {
  handed_over_.Clear();
  texts_owed_ = 0;
  problems_taken_ = 0;
  handed_over_size_ = 0;
  handed_over_bytes_ = 0;
}

void EventQueue::Reserve(Segment& segment, bool with_text) {
  segment.events.EnsureRoom();
  if (with_text) segment.texts.EnsureRoom();
}

void EventQueue::MoveText(std::u16string& from, std::u16string& to) noexcept {
  if (progress_text_ == &from) progress_text_ = &to;
  to = std::move(from);
}

void EventQueue::Push(Segment& segment, const Waiting& event) noexcept {
  if (Is(event, EventKind::kProblem)) ++segment.problems;
  segment.events.Push(Waiting(event));
}

// Room has been reserved.
void EventQueue::PushText(Segment& segment, std::u16string& text) noexcept {
  std::u16string& stored = segment.texts.Push({});
  MoveText(text, stored);
  segment.heap_bytes += HeapBytes(stored);
}

void EventQueue::PopText(Segment& segment, std::u16string& to) noexcept {
  segment.heap_bytes -= HeapBytes(segment.texts.front());
  MoveText(segment.texts.front(), to);
  segment.texts.Pop();
}

}  // namespace mapisync
