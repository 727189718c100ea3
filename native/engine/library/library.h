// A MAPI implementation in this process: found, loaded by its absolute path, pinned for good.
#pragma once

#include <windows.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/failure.h"
#include "engine/library/library_search.h"
#include "mapi/mapi.h"

namespace mapisync {

struct Library {
  HMODULE module = nullptr;
  std::u16string path;
  std::string found_by;
  // From its version resource, "16.0.1.2"; nothing where it has none.
  std::optional<std::u16string> version;
  // Why MAPI was not found elsewhere before.
  std::vector<std::u16string> passed_over;

  mapi::MAPIINITIALIZE* initialize = nullptr;
  mapi::MAPIUNINITIALIZE* uninitialize = nullptr;
  mapi::MAPILOGONEX* log_on = nullptr;
  mapi::MAPIADMINPROFILES* admin_profiles = nullptr;
  mapi::MAPIFREEBUFFER* free_buffer = nullptr;
};

// An engine thread, since a DLL may do much when it is loaded.
Outcome<std::shared_ptr<const Library>> FindLibrary(const SearchRequest& request);

}  // namespace mapisync
