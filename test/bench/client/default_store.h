// A MAPI client in the fewest lines: logs on to a DLL and opens the profile's default store.
#pragma once

#include <string>

#include "mapi/mapi.h"

namespace bench {

class DefaultStore {
 public:
  // Throws std::runtime_error, which names the call that failed. The thread stays initialised for MAPI.
  DefaultStore(const std::wstring& dll, const std::wstring& profile);
  ~DefaultStore();
  DefaultStore(const DefaultStore&) = delete;
  DefaultStore& operator=(const DefaultStore&) = delete;

  // Asks for everything, both ways. `event_slot` must live as long as the callback.
  void Synchronize(mapi::IMAPISyncProgressCallback* callback, HANDLE* event_slot);

 private:
  mapi::IMAPISession* session_ = nullptr;
  mapi::IMsgStore* store_ = nullptr;
  mapi::IMAPISync* sync_ = nullptr;
};

}  // namespace bench
