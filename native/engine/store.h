// An open message store, and the runs on it: one at a time, in the order in which they were asked for. No windows.h
// here.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "engine/rows.h"
#include "engine/run.h"
#include "events/event_channel.h"

namespace mapisync {

// Destroyed without Close: the store is released when its runs have let go; they go on. Any thread, all of it.
class Store {
 public:
  // How long a provider may take to release the store, once no run uses it.
  static constexpr std::uint32_t kReleaseLimitMs = 5000;

  virtual ~Store() = default;

  virtual const StoreRow& row() const = 0;
  // What QueryInterface(IID_IMAPISync) answered when the store was opened.
  virtual bool can_synchronize() const = 0;

  // Call it on the reader's thread: a provider that calls on this very thread is never held. Never fails: failures end
  // the run. The run goes on, whether or not the caller keeps it.
  virtual std::shared_ptr<Run> Synchronize(const SyncRequest& request, std::shared_ptr<EventReader> reader) = 0;

  // Returns at once. Cancels the runs; the store is released when they have let go, however late. `closed` is called
  // once, on any thread, possibly before Close returns: with true when the store has been released, with false when
  // grace_ms have passed and a run has not let go, or when the release takes longer than kReleaseLimitMs.
  virtual void Close(std::uint32_t grace_ms, std::function<void(bool)> closed) = 0;
};

}  // namespace mapisync
