// IMAPISync of a store, in all the ways in which stores say that they have none.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapisynciunknown
#pragma once

#include "mapi/mapi.h"
#include "windows/com_ptr.h"

namespace mapisync {

// Success with or without an interface, or a failure that is no "no". The session thread.
HRESULT QuerySyncInterface(mapi::IMsgStore* store, ComPtr<mapi::IMAPISync>* sync);

}  // namespace mapisync
