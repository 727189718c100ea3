#include "engine/imapisync/sync_call.h"

#include <new>

#include "engine/session/session_core.h"

namespace mapisync {

HRESULT SyncCall::Perform(mapi::IMAPISync* sync, const ProgressCallback::CallbackArguments& arguments,
                          const std::shared_ptr<SyncSink>& sink) noexcept {
  if (callback_ == nullptr) callback_ = new (std::nothrow) ProgressCallback(arguments, sink);
  if (callback_ == nullptr) return mapi::MAPI_E_NOT_ENOUGH_MEMORY;
  callback_->ForgetDoneEvent();
  const HRESULT result = sync->SynchronizeInBackground(callback_->request());
  if (SUCCEEDED(result)) done_event_.Watch(callback_->done_event());
  return result;
}

void SyncCall::TakeDoneEvent(void* event, bool returned) noexcept {
  done_event_.HandBack(event);
  if (returned) done_event_.Watch(callback_->done_event());
  // For a provider whose event comes with Done alone.
  done_event_.Watch(event);
}

void SyncCall::AddFacts(LetGoFacts* facts) noexcept {
  facts->event_watched = done_event_.watched();
  facts->event_signalled = done_event_.signalled();
  if (callback_ == nullptr) return;
  // First ask to be told, then look: whichever reference goes between the two is noticed by one of them.
  callback_->WatchReferences();
  facts->referenced = callback_->referenced();
  facts->counted_well = callback_->counted_well();
}

void SyncCall::ReleaseOnSessionThread(SessionCore& session) {
  done_event_.Close();
  if (callback_ == nullptr) return;
  callback_->ReleaseSession();
  if (callback_->counted_well()) {
    callback_->LetGo();
  } else {
    session.KeepStray(callback_);
  }
}

}  // namespace mapisync
