// The run of a store's IMAPISync. It brings together the state that decides (run/run_state.h), the times
// (run/run_limits.h), the sink that the provider calls, those who wait, and the call itself (sync_call.h); it has the
// lock, the clock and the alarm.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "engine/imapisync/sync_call.h"
#include "engine/run.h"
#include "engine/run/let_go_rule.h"
#include "engine/run/run_limits.h"
#include "engine/run/run_state.h"
#include "engine/run/run_waiters.h"
#include "engine/run/sync_sink.h"
#include "engine/session/store_core.h"
#include "windows/alarm.h"

namespace mapisync {

// Its session keeps it alive until the provider has let go, and then until the session thread has released what the
// provider was given.
class SyncRunJob final : public Run, public SyncSinkOwner, public std::enable_shared_from_this<SyncRunJob> {
 public:
  static std::shared_ptr<SyncRunJob> Create(std::shared_ptr<StoreCore> store, const SyncRequest& request,
                                            std::shared_ptr<EventReader> reader);

  // Any thread, all of it, under no lock of the caller's.
  //
  // From now on the limits count.
  void BeginDeadlines() noexcept;
  // It is this run's turn: calls the provider, on a thread of its own. A run that is over by then hands its turn on.
  void Begin() noexcept;
  // The call cannot be made, because `operation`, a text that lives for ever, has failed.
  void Refuse(std::uint32_t hresult, const char* operation) noexcept;

  std::size_t Take(std::size_t max_events, EventBatch* batch) override { return channel_->Take(max_events, batch); }
  void CloseForReader() override { channel_->CloseForReader(); }
  void Cancel() noexcept override;
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

  SyncRunJob(std::shared_ptr<StoreCore> store, const SyncRequest& request, std::shared_ptr<EventReader> reader);

  // The call thread.
  void Call(HRESULT mapi_result) noexcept;
  bool TellStart() noexcept;
  // A thread of the pool.
  void OnAlarm() noexcept;
  void OnEventSignalled() noexcept;
  // The session thread.
  void ReleaseOnSessionThread();

  // Any thread, under no lock.
  void StartCall() noexcept;
  template <typename Input>
  RunState::Step Change(const Input& input) noexcept;
  void Perform(const RunState::Step& step) noexcept;
  void End(const RunEnd& end, std::u16string text) noexcept;
  void CheckLetGo() noexcept;

  void SetAlarm(const Lock& lock, std::uint64_t now_ms) noexcept;
  bool HasLetGo(const Lock& lock, std::uint64_t now_ms) noexcept;

  const std::shared_ptr<StoreCore> store_;
  const SyncRequest request_;
  const std::shared_ptr<EventChannel> channel_;
  std::shared_ptr<SyncSink> sink_;
  SyncCall call_;
  RunWaiters waiters_;
  std::atomic<bool> ended_{false};

  mutable std::mutex mutex_;
  RunState state_;
  RunLimits limits_;           // its times are those of unbiased_clock.h
  bool end_told_ = false;      // End has been written to the channel
  bool done_arrived_ = false;  // Done was called, be it after the end
  bool let_go_ = false;
  std::unique_ptr<Alarm> alarm_;
};

}  // namespace mapisync
