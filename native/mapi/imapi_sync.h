#pragma once

#include "mapi/imapi_session.h"

namespace mapi {

// What one synchronisation is asked for.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapisib
struct MAPISIB {
  ULONG ulSize;   // of this structure
  ULONG ulFlags;  // SYNC_...
  IMAPISession* psesSync;
  ::IUnknown* punkCallBack;  // can be queried for IMAPISyncProgressCallback; some providers cast instead
  HANDLE* phSyncDoneEvent;   // out: signalled when the thread that the call has created is finished
};

// What a store that can be synchronised on demand answers QueryInterface(IID_IMAPISync) with.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapisynciunknown
struct IMAPISync : ::IUnknown {
  virtual HRESULT STDMETHODCALLTYPE SynchronizeInBackground(MAPISIB* request) = 0;
};

}  // namespace mapi
