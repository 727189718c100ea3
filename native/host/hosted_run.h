// A run whose events go to the program. Nothing is taken from the run without credit: so a newer progress still
// replaces an older one in the channel ('latest'), and a provider that is ahead of its reader still waits ('every').
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "engine/run.h"
#include "events/event_channel.h"
#include "host/outbox.h"
#include "wire/messages.h"

namespace mapisync {

class HostedRun final : public EventReader {
 public:
  HostedRun(std::uint32_t id, Delivery delivery, std::shared_ptr<Outbox> outbox)
      : id_(id), delivery_(delivery), outbox_(std::move(outbox)) {}

  // Once, before the writer's thread sees this run.
  void set_run(std::shared_ptr<Run> run) { run_ = std::move(run); }
  Run& run() const { return *run_; }

  // Any thread.
  void OnReady() noexcept override {
    ready_.store(true);
    outbox_->NotifyRuns();
  }
  // Any thread. The run's next frame may be as large as that.
  void AddCredit(const wire::Credit& credit);

  // The writer's thread: what can be sent now, one frame at a time. Throws std::bad_alloc.
  std::optional<Outbox::Frame> NextFrame();

 private:
  // How many events are taken at a time. Their texts may be more than a frame can have; the rest waits in `taken_`.
  static constexpr std::size_t kEventsAtOnce = 64;

  wire::Counts Counts() const;
  std::optional<wire::Credit> FirstCredit();
  void Fill(const wire::Credit& credit, EventBatch* batch);
  bool TakeMore(std::size_t most_events);
  // False where the next event does not fit any more.
  bool MoveOne(std::size_t most_bytes, std::size_t* bytes, EventBatch* batch);

  const std::uint32_t id_;
  const Delivery delivery_;
  const std::shared_ptr<Outbox> outbox_;
  std::shared_ptr<Run> run_;
  // May the channel have something?
  std::atomic<bool> ready_{false};

  std::mutex mutex_;
  std::deque<wire::Credit> credits_;

  // The writer's thread alone.
  EventBatch taken_;
  std::size_t next_event_ = 0;
  std::size_t next_text_ = 0;
  bool said_ended_ = false;
  bool end_sent_ = false;
};

}  // namespace mapisync
