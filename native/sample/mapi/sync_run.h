#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

#include "mapi/mapi.h"
#include "sample/mapi/done_event.h"
#include "sample/mapi/session_state.h"
#include "sample/mapi/stop_signal.h"
#include "sample/mapi/sync_request.h"
#include "windows/com_ptr.h"

namespace mapisync::sample {

// What one synchronisation holds, and the order in which it lets go: the provider's part of the contract, whatever the
// store does in between.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapisync-synchronizeinbackground
class SyncRun {
 public:
  struct Owner {
    ComPtr<::IUnknown> store;
    std::shared_ptr<SessionState> session_state;
    std::shared_ptr<std::atomic<bool>> is_busy;  // set by who makes the run; cleared when it is over
    bool outlives_session = false;               // logging off neither stops it nor waits for it
  };
  SyncRun(SyncRequest request, Owner owner);
  ~SyncRun();
  SyncRun(const SyncRun&) = delete;
  SyncRun& operator=(const SyncRun&) = delete;

  // Takes part in the session: MAPI_E_INVALID_OBJECT where that has been logged off.
  HRESULT Enter();

  SyncRequest& request() { return request_; }
  mapi::IMAPISyncProgressCallback* callback() { return request_.callback.get(); }
  DoneEvent& event() { return event_; }
  StopSignal& stop() { return *stop_; }
  bool is_asked_to_stop() const { return stop_->is_set(); }

  // Calls Done with the event's handle: from then on that is the client's.
  void CallDone(HRESULT result);
  bool has_handed_over() const { return has_handed_over_.load(); }

  // Signals the event, unless that has happened.
  void Signal();
  // From here on Signal does nothing.
  void ForgetSignal();

  // Runs `body`, and then lets go and signals, in a thread of its own that keeps `run` alive. `body` answers whether to
  // let go: a provider whose thread just ends does not. False where there can be no thread; nothing has run then.
  static bool StartThread(const std::shared_ptr<SyncRun>& run, std::function<bool()> body);

  // Releases callback, session and store, in this order; the store takes the next run from then on. Once.
  void LetGo();
  // The client's references are never released, and the store stays busy.
  void NeverLetGo();

 private:
  SyncRequest request_;
  Owner owner_;
  DoneEvent event_;
  const std::shared_ptr<StopSignal> stop_ = std::make_shared<StopSignal>();
  std::optional<SessionState::RunToken> token_;
  std::atomic<bool> has_handed_over_{false};
  std::atomic<bool> has_signalled_{false};
  bool has_let_go_ = false;
};

}  // namespace mapisync::sample
