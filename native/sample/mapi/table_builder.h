#pragma once

#include <vector>

#include "mapi/mapi.h"
#include "sample/mapi/table.h"
#include "sample/profile/profile_options.h"

namespace mapisync::sample {

// A table of `rows` with `columns`, which misbehaves as the profile's options want it to. MAPI_E_BAD_CHARWIDTH or
// MAPI_E_UNKNOWN_FLAGS where `flags` (MAPI_UNICODE) will not do.
HRESULT BuildTable(std::vector<ULONG> columns, std::vector<PropertyList> rows, const ProfileOptions& options,
                   ULONG flags, mapi::IMAPITable** table);

}  // namespace mapisync::sample
