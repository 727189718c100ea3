#include "engine/imapisync/progress_callback.h"

#include <objbase.h>

#include <utility>

#include "engine/hresult.h"
#include "windows/wide.h"

namespace mapisync {

ProgressCallback::ProgressCallback(const CallbackArguments& arguments, std::shared_ptr<SyncSink> sink) noexcept
    : sink_(std::move(sink)),
      session_(arguments.session),
      request_{sizeof(mapi::MAPISIB), arguments.flags, arguments.session, this, &done_event_} {
  if (FAILED(CoCreateFreeThreadedMarshaler(this, marshaler_.Receive()))) static_cast<void>(marshaler_.Detach());
  // Whatever COM has referenced on the way is no reference of the provider's.
  ever_referenced_.store(false);
}

HRESULT ProgressCallback::QueryInterface(REFIID iid, void** object) noexcept {
  if (object == nullptr) return E_POINTER;
  *object = nullptr;
  // Aggregated: the answer references and queries this object.
  if (IsEqualIID(iid, IID_IMarshal)) {
    return marshaler_ ? marshaler_->QueryInterface(iid, object) : E_NOINTERFACE;
  }
  if (!IsEqualIID(iid, mapi::IID_IMAPISyncProgressCallback) && !IsEqualIID(iid, IID_IUnknown)) return E_NOINTERFACE;
  AddRef();
  *object = this;
  return S_OK;
}

ULONG ProgressCallback::AddRef() noexcept {
  ever_referenced_.store(true, std::memory_order_relaxed);
  return Visible(count_.fetch_add(1) + 1);
}

ULONG ProgressCallback::Release() noexcept {
  // With the provider's reference the object may go, on another thread, while the sink is told: this call holds it.
  std::uint64_t count = count_.fetch_add(kOwnHold) + kOwnHold;
  while ((count & kForeignMask) != 0 && !count_.compare_exchange_weak(count, count - 1)) {
  }
  ULONG left = 0;
  if ((count & kForeignMask) == 0) {
    over_released_.store(true);
  } else {
    left = Visible(count - 1);
    if (left == 1 && watch_references_.load()) sink_->Unreferenced();
  }
  LetGo();
  return left;
}

HRESULT ProgressCallback::Progress(const WCHAR* text, ULONG index, ULONG max) noexcept {
  return static_cast<HRESULT>(sink_->Progress(AsUtf16(text), index, max));
}

HRESULT ProgressCallback::Error(HRESULT result, const WCHAR* text) noexcept {
  return static_cast<HRESULT>(sink_->Error(Unsigned(result), AsUtf16(text)));
}

HRESULT ProgressCallback::Done(HANDLE thread_done_event, HRESULT result) noexcept {
  return static_cast<HRESULT>(sink_->Done(Unsigned(result), thread_done_event));
}

void ProgressCallback::LetGo() {
  if (count_.fetch_sub(kOwnHold) == kOwnHold) delete this;
}

}  // namespace mapisync
