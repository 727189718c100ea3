#include "engine/imapisync/progress_callback.h"

#include <utility>

#include "engine/hresult.h"
#include "windows/wide.h"

namespace mapisync {

ProgressCallback::ProgressCallback(const Letter& letter, std::shared_ptr<SyncSink> sink)
    : sink_(std::move(sink)),
      session_(letter.session),
      request_{sizeof(mapi::MAPISIB), letter.flags, letter.session, this, &done_event_} {}

HRESULT ProgressCallback::QueryInterface(REFIID iid, void** object) noexcept {
  if (object == nullptr) return E_POINTER;
  *object = nullptr;
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
