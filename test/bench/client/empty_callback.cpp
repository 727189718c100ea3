#include "empty_callback.h"

#include "note.h"

namespace bench {

HRESULT EmptyCallback::QueryInterface(REFIID iid, void** object) noexcept {
  if (object == nullptr) return E_POINTER;
  *object = nullptr;
  if (!IsEqualIID(iid, mapi::IID_IMAPISyncProgressCallback) && !IsEqualIID(iid, IID_IUnknown)) return E_NOINTERFACE;
  AddRef();
  *object = this;
  return S_OK;
}

ULONG EmptyCallback::AddRef() noexcept { return ++references_; }

ULONG EmptyCallback::Release() noexcept {
  const ULONG left = --references_;
  if (left == 0) delete this;
  return left;
}

HRESULT EmptyCallback::Progress(const WCHAR* /*text*/, ULONG /*index*/, ULONG /*max*/) noexcept { return S_OK; }

HRESULT EmptyCallback::Error(HRESULT /*result*/, const WCHAR* /*text*/) noexcept { return S_OK; }

HRESULT EmptyCallback::Done(HANDLE /*thread_done_event*/, HRESULT result) noexcept {
  auto* note = new Note{Note::Kind::kDone, {}, static_cast<std::uint32_t>(result), 0};
  if (napi_call_threadsafe_function(function_, note, napi_tsfn_nonblocking) != napi_ok) delete note;
  return S_OK;
}

}  // namespace bench
