// What stands behind a Store: its MAPI pointers, and its runs, one at a time.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/rows.h"
#include "engine/run.h"
#include "engine/run/bounded_answer.h"
#include "engine/session/session_core.h"
#include "engine/session/store_pointers.h"

namespace mapisync {

class SyncRunJob;

// Kept alive by the Store and by its runs; has its pointers released on the session thread when it goes. Any thread.
class StoreCore : public std::enable_shared_from_this<StoreCore> {
 public:
  StoreCore(std::shared_ptr<SessionCore> session, StoreRow row, std::shared_ptr<StorePointers> pointers);
  ~StoreCore();
  StoreCore(const StoreCore&) = delete;
  StoreCore& operator=(const StoreCore&) = delete;

  const StoreRow& row() const { return row_; }
  bool can_synchronize() const { return can_synchronize_; }
  std::shared_ptr<Run> Synchronize(const SyncRequest& request, std::shared_ptr<EventReader> reader);
  void Close(std::uint32_t grace_ms, std::function<void(bool)> closed);

  // For runs.
  SessionCore& session() const { return *session_; }
  const StorePointers& pointers() const { return *pointers_; }
  // The provider has let go of the run, or it was never called: the next one begins.
  void RunLetGo(const SyncRunJob& run);

 private:
  // Under no lock.
  void ReleaseIfIdle();

  const std::shared_ptr<SessionCore> session_;
  const StoreRow row_;
  const std::shared_ptr<StorePointers> pointers_;
  const bool can_synchronize_;

  std::mutex mutex_;
  std::shared_ptr<SyncRunJob> running_;
  std::deque<std::shared_ptr<SyncRunJob>> waiting_;
  bool closed_ = false;
  bool releasing_ = false;
  bool released_ = false;
  std::vector<std::shared_ptr<BoundedAnswer>> waiting_for_release_;
};

}  // namespace mapisync
