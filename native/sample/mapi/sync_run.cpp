#include "sample/mapi/sync_run.h"

#include <utility>

#include "sample/mapi/live_counters.h"
#include "sample/mapi/sample_thread.h"
#include "sample/mapi/subsystem.h"

namespace mapisync::sample {

SyncRun::SyncRun(SyncRequest request, Owner owner) : request_(std::move(request)), owner_(std::move(owner)) {
  Live().runs.fetch_add(1, std::memory_order_relaxed);
}

SyncRun::~SyncRun() { LetGo(); }

HRESULT SyncRun::Enter() {
  if (owner_.outlives_session) {
    return owner_.session_state->is_logged_off() ? mapi::MAPI_E_INVALID_OBJECT : S_OK;
  }
  std::optional<SessionState::RunToken> token = SessionState::BeginRun(owner_.session_state, stop_);
  if (!token) return mapi::MAPI_E_INVALID_OBJECT;
  token_.emplace(std::move(*token));
  return S_OK;
}

void SyncRun::CallDone(HRESULT result) {
  has_handed_over_.store(true);
  callback()->Done(event_.handle(), result);
}

void SyncRun::Signal() {
  // An auto-reset event that is set twice would wake two waits.
  if (!has_signalled_.exchange(true)) event_.Signal();
}

void SyncRun::ForgetSignal() { has_signalled_.store(true); }

bool SyncRun::StartThread(const std::shared_ptr<SyncRun>& run, std::function<bool()> body) {
  return StartSampleThread(L"mapisync sample synchronisation", [run, body = std::move(body)] {
    {
      const ThreadCount count;
      const SubsystemScope mapi;
      if (!body()) {
        run->NeverLetGo();
        return;
      }
      run->LetGo();
    }
    // The event says that all of the above is over.
    run->token_.reset();
    run->Signal();
  });
}

void SyncRun::LetGo() {
  if (std::exchange(has_let_go_, true)) return;
  // First: a client that has got its callback back may ask for the next run at once.
  owner_.is_busy->store(false);
  request_.callback.Release();
  request_.session.Reset();
  owner_.store.Reset();
  Live().runs.fetch_sub(1, std::memory_order_relaxed);
}

void SyncRun::NeverLetGo() {
  has_let_go_ = true;
  request_.callback.Leak();
  static_cast<void>(request_.session.Detach());
  static_cast<void>(owner_.store.Detach());
  token_.reset();
}

}  // namespace mapisync::sample
