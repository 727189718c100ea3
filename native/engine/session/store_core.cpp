#include "engine/session/store_core.h"

#include <utility>

#include "engine/hresult.h"
#include "engine/imapisync/sync_run_job.h"
#include "engine/store.h"

namespace mapisync {

StoreCore::StoreCore(std::shared_ptr<SessionCore> session, StoreRow row, std::shared_ptr<StorePointers> pointers)
    : session_(std::move(session)),
      row_(std::move(row)),
      pointers_(std::move(pointers)),
      can_synchronize_(static_cast<bool>(pointers_->sync)) {}

StoreCore::~StoreCore() {
  session_->ReleaseStore(pointers_, [] {});
}

std::shared_ptr<Run> StoreCore::Synchronize(const SyncRequest& request, std::shared_ptr<EventReader> reader) {
  const auto run = SyncRunJob::Create(shared_from_this(), request, std::move(reader));
  bool begins = false;
  bool taken = session_->Enlist(run);
  {
    const std::lock_guard lock(mutex_);
    taken = taken && !closed_;
    if (taken && can_synchronize_) {
      begins = !running_;
      if (begins) {
        running_ = run;
      } else {
        waiting_.push_back(run);
      }
    }
  }
  if (!taken) {
    run->Cancel();
  } else if (!can_synchronize_) {
    run->Refuse(Unsigned(mapi::MAPI_E_INTERFACE_NOT_SUPPORTED), "IMsgStore::QueryInterface");
  } else {
    run->BeginDeadlines();
    if (begins) run->Begin();
  }
  return run;
}

void StoreCore::RunLetGo(const SyncRunJob& run) {
  std::shared_ptr<SyncRunJob> next;
  {
    const std::lock_guard lock(mutex_);
    if (running_.get() == &run) {
      running_.reset();
    } else {
      std::erase_if(waiting_, [&run](const auto& known) { return known.get() == &run; });
    }
    if (!running_ && !waiting_.empty()) {
      running_ = std::move(waiting_.front());
      waiting_.pop_front();
      next = running_;
    }
  }
  if (next) next->Begin();
  ReleaseIfIdle();
}

void StoreCore::Close(std::uint32_t grace_ms, std::function<void(bool)> closed) {
  const auto answer = std::make_shared<BoundedAnswer>(std::move(closed));
  std::vector<std::shared_ptr<SyncRunJob>> runs;
  bool released = false;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    released = released_;
    if (!released) waiting_for_release_.push_back(answer);
    if (running_) runs.push_back(running_);
    runs.insert(runs.end(), waiting_.begin(), waiting_.end());
  }
  if (released) return answer->Give(true);
  answer->Limit(grace_ms);
  for (const auto& run : runs) run->Cancel();
  ReleaseIfIdle();
}

void StoreCore::ReleaseIfIdle() {
  std::vector<std::shared_ptr<BoundedAnswer>> waiting;
  {
    const std::lock_guard lock(mutex_);
    if (!closed_ || running_ || !waiting_.empty() || releasing_) return;
    releasing_ = true;
    waiting = waiting_for_release_;
  }
  // From here on nobody waits for a provider's sync any more, only for its Release.
  for (const auto& answer : waiting) answer->Limit(Store::kReleaseLimitMs);
  waiting.clear();
  session_->ReleaseStore(pointers_, [self = shared_from_this()] {
    std::vector<std::shared_ptr<BoundedAnswer>> answers;
    {
      const std::lock_guard lock(self->mutex_);
      self->released_ = true;
      answers.swap(self->waiting_for_release_);
    }
    for (const auto& answer : answers) answer->Give(true);
  });
}

}  // namespace mapisync
