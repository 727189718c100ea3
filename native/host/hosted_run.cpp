#include "host/hosted_run.h"

#include <algorithm>
#include <utility>

#include "wire/frame_writer.h"

namespace mapisync {

namespace {

bool IsEnd(const Event& event) { return (event.kind_and_flags & 0xFF) == static_cast<std::uint32_t>(EventKind::kEnd); }

}  // namespace

void HostedRun::AddCredit(const wire::Credit& credit) {
  {
    const std::lock_guard lock(mutex_);
    credits_.push_back(credit);
  }
  outbox_->NotifyRuns();
}

std::optional<Outbox::Frame> HostedRun::NextFrame() {
  if (!said_ended_ && run_->ended()) {
    said_ended_ = true;
    return wire::Encode(wire::Ended{id_, Counts()});
  }
  if (end_sent_ || (next_event_ == taken_.events.size() && !ready_.load())) return std::nullopt;
  const std::optional<wire::Credit> credit = FirstCredit();
  if (!credit) return std::nullopt;
  wire::Events frame{id_, {}, {}};
  Fill(*credit, &frame.batch);
  if (frame.batch.events.empty()) return std::nullopt;
  {
    const std::lock_guard lock(mutex_);
    credits_.pop_front();
  }
  end_sent_ = IsEnd(frame.batch.events.back());
  frame.counts = Counts();
  return wire::Encode(frame);
}

wire::Counts HostedRun::Counts() const {
  const RunCounts counts = run_->counts();
  return {counts.updates, counts.problems, counts.bytes_in_use, run_->done()};
}

std::optional<wire::Credit> HostedRun::FirstCredit() {
  const std::lock_guard lock(mutex_);
  return credits_.empty() ? std::nullopt : std::optional(credits_.front());
}

void HostedRun::Fill(const wire::Credit& credit, EventBatch* batch) {
  std::size_t bytes = 0;
  bool may_take = true;
  while (batch->events.size() < credit.events) {
    if (next_event_ == taken_.events.size()) {
      const std::size_t most = std::min<std::size_t>(kEventsAtOnce, credit.events - batch->events.size());
      if (!may_take || !TakeMore(most)) return;
      // Of 'latest' what is there is taken once: progress that comes meanwhile can still be replaced.
      may_take = delivery_ == Delivery::kEvery || taken_.events.size() == most;
    }
    if (!MoveOne(credit.bytes, &bytes, batch)) return;
  }
}

bool HostedRun::TakeMore(std::size_t most_events) {
  taken_.events.clear();
  taken_.texts.clear();
  next_event_ = 0;
  next_text_ = 0;
  // Before Take, whose 0 is followed by another OnReady.
  ready_.store(false);
  if (run_->Take(most_events, &taken_) == 0) return false;
  ready_.store(true);
  return true;
}

bool HostedRun::MoveOne(std::size_t most_bytes, std::size_t* bytes, EventBatch* batch) {
  const Event& event = taken_.events[next_event_];
  const bool has_text = (event.kind_and_flags & kEventHasText) != 0;
  const std::size_t size = sizeof event + (has_text ? taken_.texts[next_text_].size() * sizeof(char16_t) : 0);
  if (!batch->events.empty() && *bytes + size > most_bytes) return false;
  *bytes += size;
  batch->events.push_back(event);
  ++next_event_;
  if (has_text) batch->texts.push_back(std::move(taken_.texts[next_text_++]));
  return true;
}

}  // namespace mapisync
