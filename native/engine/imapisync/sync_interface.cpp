#include "engine/imapisync/sync_interface.h"

namespace mapisync {

HRESULT QuerySyncInterface(mapi::IMsgStore* store, ComPtr<mapi::IMAPISync>* sync) {
  void* answer = nullptr;
  const HRESULT result = store->QueryInterface(mapi::IID_IMAPISync, &answer);
  if (SUCCEEDED(result)) {
    // With NULL, if the store says yes and means no.
    *sync->Receive() = static_cast<mapi::IMAPISync*>(answer);
    return S_OK;
  }
  // A pointer that comes with a failure is no reference of ours.
  const bool no = result == E_NOINTERFACE || result == mapi::MAPI_E_NO_SUPPORT || result == E_NOTIMPL;
  return no ? S_OK : result;
}

}  // namespace mapisync
