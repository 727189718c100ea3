// MAPIInitialize on this thread, taken back when it goes. Every thread that uses MAPI's objects has one, inside a
// ComApartment. https://learn.microsoft.com/office/client-developer/outlook/mapi/mapiinitialize
#pragma once

#include "engine/library/library.h"

namespace mapisync {

class MapiInitialized {
 public:
  MapiInitialized(const Library& library, bool service) : library_(library), result_(Initialize(library, service)) {}
  ~MapiInitialized() {
    if (SUCCEEDED(result_)) library_.uninitialize();
  }
  MapiInitialized(const MapiInitialized&) = delete;
  MapiInitialized& operator=(const MapiInitialized&) = delete;

  HRESULT result() const { return result_; }

  // For a thread that never takes it back.
  static HRESULT Initialize(const Library& library, bool service) {
    const ULONG flags = mapi::MAPI_MULTITHREAD_NOTIFICATIONS | (service ? mapi::MAPI_NT_SERVICE : 0);
    mapi::MAPIINIT_0 init{mapi::MAPI_INIT_VERSION, flags | mapi::MAPI_NO_COINIT};
    HRESULT result = library.initialize(&init);
    if (result == mapi::MAPI_E_UNKNOWN_FLAGS) {
      // Older than MAPI_NO_COINIT: it initialises COM itself, which nests in the apartment that is there.
      init.ulFlags = flags;
      result = library.initialize(&init);
    }
    return result;
  }

 private:
  const Library& library_;
  const HRESULT result_;
};

}  // namespace mapisync
