// The IMAPISync call of one run, and all that the provider is given with it or gives back: the callback object with the
// MAPISIB, and the thread-done event.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include "engine/imapisync/done_event.h"
#include "engine/imapisync/progress_callback.h"
#include "engine/run/let_go_rule.h"
#include "engine/run/sync_sink.h"
#include "mapi/mapi.h"

namespace mapisync {

class SessionCore;

class SyncCall {
 public:
  // `signalled`: as DoneEvent has it.
  explicit SyncCall(std::function<void()> signalled) : done_event_(std::move(signalled)) {}
  SyncCall(const SyncCall&) = delete;
  SyncCall& operator=(const SyncCall&) = delete;

  // The call thread. Calls SynchronizeInBackground, and watches the event that a call which succeeds has brought. It
  // may be called again when it has returned. Without memory for the callback it answers MAPI_E_NOT_ENOUGH_MEMORY.
  HRESULT Perform(mapi::IMAPISync* sync, const ProgressCallback::CallbackArguments& arguments,
                  const std::shared_ptr<SyncSink>& sink) noexcept;

  // The thread that calls Done. `returned`: the call has returned and succeeded, so that what the provider has written
  // to *phSyncDoneEvent since counts as well.
  void TakeDoneEvent(void* event, bool returned) noexcept;

  // Any thread, once the call has returned. Fills in what the provider still holds.
  void AddFacts(LetGoFacts* facts) noexcept;

  // The session thread, once, when the provider has let go.
  void ReleaseOnSessionThread(SessionCore& session);

 private:
  DoneEvent done_event_;
  // Made on the call thread before the first call; our hold on it ends in ReleaseOnSessionThread.
  ProgressCallback* callback_ = nullptr;
};

}  // namespace mapisync
