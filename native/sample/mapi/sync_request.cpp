#include "sample/mapi/sync_request.h"

#include <utility>

#include "sample/mapi/live_counters.h"

namespace mapisync::sample {
namespace {

constexpr ULONG kKnownFlags = mapi::SYNC_UPLOAD_HIERARCHY | mapi::SYNC_DOWNLOAD_HIERARCHY | mapi::SYNC_UPLOAD_CONTENTS |
                              mapi::SYNC_DOWNLOAD_CONTENTS | mapi::SYNC_OUTGOING_MAIL | mapi::SYNC_GLOBAL_HEADERS |
                              mapi::SYNC_ON_DEMAND;

}  // namespace

void CallbackReference::Adopt(mapi::IMAPISyncProgressCallback* callback) noexcept {
  Release();
  callback_ = ComPtr<mapi::IMAPISyncProgressCallback>::Adopt(callback);
  Live().callback_references.fetch_add(1, std::memory_order_relaxed);
}

void CallbackReference::Borrow(mapi::IMAPISyncProgressCallback* callback) noexcept {
  Release();
  callback_ = ComPtr<mapi::IMAPISyncProgressCallback>::Adopt(callback);
  is_borrowed_ = true;
}

void CallbackReference::Release() noexcept {
  if (std::exchange(is_borrowed_, false)) Leak();
  if (!callback_) return;
  callback_.Reset();
  Live().callback_references.fetch_sub(1, std::memory_order_relaxed);
}

void CallbackReference::Leak() noexcept { static_cast<void>(callback_.Detach()); }

HRESULT TakeSyncRequest(const mapi::MAPISIB* source, const SyncRequestRules& rules, SyncRequest* request) {
  if (source == nullptr || source->ulSize < sizeof(mapi::MAPISIB) || source->phSyncDoneEvent == nullptr ||
      source->punkCallBack == nullptr) {
    return mapi::MAPI_E_INVALID_PARAMETER;
  }
  if (rules.refuses_unknown_flags && (source->ulFlags & ~kKnownFlags) != 0) return mapi::MAPI_E_UNKNOWN_FLAGS;
  if (rules.borrows_callback) {
    request->callback.Borrow(static_cast<mapi::IMAPISyncProgressCallback*>(source->punkCallBack));
  } else if (rules.casts_callback) {
    auto* callback = static_cast<mapi::IMAPISyncProgressCallback*>(source->punkCallBack);
    callback->AddRef();
    request->callback.Adopt(callback);
  } else {
    void* callback = nullptr;
    const HRESULT queried = source->punkCallBack->QueryInterface(mapi::IID_IMAPISyncProgressCallback, &callback);
    if (FAILED(queried)) return queried;
    if (callback == nullptr) return mapi::MAPI_E_INTERFACE_NOT_SUPPORTED;
    request->callback.Adopt(static_cast<mapi::IMAPISyncProgressCallback*>(callback));
  }
  request->flags = source->ulFlags;
  request->session = ComPtr<mapi::IMAPISession>(source->psesSync);
  request->event_slot = source->phSyncDoneEvent;
  return S_OK;
}

}  // namespace mapisync::sample
