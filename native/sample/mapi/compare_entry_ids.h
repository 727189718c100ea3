#pragma once

#include "mapi/mapi.h"

namespace mapisync::sample {

struct EntryIdArgument {
  const mapi::ENTRYID* entry_id = nullptr;
  ULONG size = 0;
};

// The body of every CompareEntryIDs method: the flags in front of an identifier make no difference.
HRESULT CompareEntryIDs(EntryIdArgument first, EntryIdArgument second, ULONG flags, ULONG* equal) noexcept;

}  // namespace mapisync::sample
