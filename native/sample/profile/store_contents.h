#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "mapi/mapi.h"
#include "sample/script/scenario.h"

namespace mapisync::sample {

// What the folder of a store says that it is.
struct StoreContents {
  enum class Kind : std::uint8_t {
    kMailbox,   // server/ and local/
    kScripted,  // scenario.txt
    kSyncless,  // a file named syncless: no IMAPISync
  };
  Kind kind = Kind::kMailbox;
  std::wstring folder;
  std::shared_ptr<const Scenario> scenario;  // of a scripted store
};

// Looks into a store's folder. Where it is not what it should be, `*problem` says so in one line, with the path:
// MAPI_E_NOT_FOUND for what is missing, MAPI_E_CORRUPT_STORE for a file where a folder should be,
// MAPI_E_INVALID_PARAMETER for a scenario that cannot be understood.
HRESULT LookIntoStore(const std::wstring& folder, StoreContents* contents, std::wstring* problem);

}  // namespace mapisync::sample
