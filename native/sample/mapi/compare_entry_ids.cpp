#include "sample/mapi/compare_entry_ids.h"

#include <cstring>

#include "sample/mapi/entry_id.h"

namespace mapisync::sample {

HRESULT CompareEntryIDs(EntryIdArgument first, EntryIdArgument second, ULONG flags, ULONG* equal) noexcept {
  if (equal == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  *equal = FALSE;
  if (flags != 0) return mapi::MAPI_E_UNKNOWN_FLAGS;
  if (first.entry_id == nullptr || second.entry_id == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  const bool are_equal = first.size == second.size && first.size >= kEntryIdFlagsSize &&
                         std::memcmp(first.entry_id->ab, second.entry_id->ab, first.size - kEntryIdFlagsSize) == 0;
  *equal = are_equal ? TRUE : FALSE;
  return S_OK;
}

}  // namespace mapisync::sample
