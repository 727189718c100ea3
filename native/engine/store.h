// An open message store, and the runs on it: one at a time, in the order in which they were asked for. No windows.h
// here.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "engine/store_row.h"
#include "engine/sync_job.h"
#include "events/event_channel.h"

namespace mapisync {

class StoreCore;

class Store {
 public:
  explicit Store(std::shared_ptr<StoreCore> core);
  // Lets go of the store when its runs have; they go on.
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  const StoreRow& row() const;
  // What QueryInterface(IID_IMAPISync) answered when the store was opened.
  bool can_synchronize() const;

  // Any thread, but call it on the reader's: a provider that calls on this very thread is never held. Never fails:
  // failures end the run. The run goes on, whether or not the caller keeps it.
  std::shared_ptr<SyncJob> Synchronize(const SyncRequest& request, std::shared_ptr<EventReader> reader);

  // Any thread; returns at once. Cancels the runs; the store is released when they have let go, however late. `closed`
  // is called once, on any thread, possibly before Close returns: with true when the store has been released, with
  // false when grace_ms have passed and a run has not let go, or when the release takes longer than kReleaseLimitMs.
  static constexpr std::uint32_t kReleaseLimitMs = 5000;
  void Close(std::uint32_t grace_ms, std::function<void(bool)> closed);

 private:
  const std::shared_ptr<StoreCore> core_;
};

}  // namespace mapisync
