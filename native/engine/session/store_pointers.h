// The MAPI pointers of an open store. They are taken and released on the session thread; call threads use them while
// their run is alive, and what is used is not released.
#pragma once

#include "mapi/mapi.h"
#include "windows/com_ptr.h"

namespace mapisync {

struct StorePointers {
  ComPtr<mapi::IMsgStore> store;
  // None, if the store cannot be synchronised.
  ComPtr<mapi::IMAPISync> sync;

  // Last what came first.
  void Release() {
    sync.Reset();
    store.Reset();
  }
  // For a process in which MAPI may not be called any more.
  void Forget() {
    static_cast<void>(sync.Detach());
    static_cast<void>(store.Detach());
  }
};

}  // namespace mapisync
