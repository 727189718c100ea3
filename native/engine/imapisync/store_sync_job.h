// The run of a store's IMAPISync: brings together the state that decides, the sink that the provider calls, the event
// that tells that its thread is over, and the clock.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "windows/alarm.h"
#include "engine/run/bounded_answer.h"
#include "engine/imapisync/done_event.h"
#include "engine/imapisync/progress_callback.h"
#include "engine/run/stall_watch.h"
#include "engine/session/store_core.h"
#include "engine/run.h"
#include "engine/run/sync_sink.h"
#include "engine/run/sync_state.h"

namespace mapisync {

// Kept alive by its session until the provider has let go, and then until the session thread has taken everything back.
class StoreSyncJob final : public Run, public SyncSinkOwner, public std::enable_shared_from_this<StoreSyncJob> {
 public:
  static std::shared_ptr<StoreSyncJob> Create(std::shared_ptr<StoreCore> store, const SyncRequest& request,
                                              std::shared_ptr<EventReader> reader);

  // Any thread, all of it, under no lock of the caller's.
  //
  // From now on the limits count.
  void BeginDeadlines();
  // It is this run's turn: calls the provider, on a thread of its own. A run that is over by then hands its turn on.
  void Begin();
  // The run cannot be made: ends as a call that failed.
  void Refuse(std::uint32_t hresult);

  std::size_t Take(std::size_t max_events, EventBatch* batch) override { return channel_->Take(max_events, batch); }
  void CloseForReader() override { channel_->CloseForReader(); }
  void Cancel() override;
  bool ended() const override { return ended_.load(); }
  std::optional<std::uint32_t> done() const override;
  RunCounts counts() const override;
  void WhenReturned(std::function<void(std::optional<std::uint32_t>)> answer) override;
  void WhenLetGo(std::uint32_t grace_ms, std::function<void(bool)> answer) override;

  // The provider's threads.
  void OnDone(std::uint32_t hresult, void* event) noexcept override;
  void OnReaderStalled() noexcept override;
  void OnUnreferenced() noexcept override;

 private:
  using Lock = std::lock_guard<std::mutex>;

  StoreSyncJob(std::shared_ptr<StoreCore> store, const SyncRequest& request, std::shared_ptr<EventReader> reader);

  // The call thread.
  void Call(HRESULT mapi_result);
  // A thread of the pool.
  void OnAlarm();
  void OnEventSignalled();
  // The session thread.
  void TakeBack();

  // Any thread, under no lock.
  SyncState::Step Change(const std::function<SyncState::Step(SyncState&)>& change);
  void Carry(const SyncState::Step& step);
  void End(const RunEnd& end, std::u16string text);
  void AnswerReturned(std::optional<std::uint32_t> result);
  void CheckLetGo();

  void SetAlarm(const Lock& lock);
  bool HasLetGo(const Lock& lock);

  const std::shared_ptr<StoreCore> store_;
  const SyncRequest request_;
  const std::shared_ptr<EventChannel> channel_;
  std::shared_ptr<SyncSink> sink_;
  DoneEvent done_event_;
  std::atomic<bool> ended_{false};
  // Made on the call thread before the call; the run's hold on it ends in TakeBack.
  ProgressCallback* callback_ = nullptr;

  mutable std::mutex mutex_;
  SyncState state_;
  bool end_told_ = false;      // End has been written to the channel
  bool done_arrived_ = false;  // Done was called, be it after the end
  bool let_go_ = false;
  std::vector<std::shared_ptr<BoundedAnswer>> waiting_for_let_go_;
  std::vector<std::function<void(std::optional<std::uint32_t>)>> waiting_for_return_;

  // Times are those of unbiased_clock.h.
  std::optional<std::uint64_t> timeout_at_;
  std::optional<std::uint64_t> grace_over_at_;
  std::optional<std::uint64_t> stall_look_at_;
  std::optional<std::uint64_t> event_overdue_at_;  // the event alone is missing
  StallWatch stall_watch_;
  std::unique_ptr<Alarm> alarm_;
};

}  // namespace mapisync
