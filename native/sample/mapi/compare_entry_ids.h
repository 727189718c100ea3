#pragma once

#include "mapi/mapi.h"

namespace mapisync::sample {

struct EntryIdArgument {
  const mapi::ENTRYID* entry_id = nullptr;
  ULONG size = 0;
};

// The body of every CompareEntryIDs method: the sample has one identifier for one thing.
HRESULT CompareEntryIDs(EntryIdArgument first, EntryIdArgument second, ULONG flags, ULONG* equal) noexcept;

}  // namespace mapisync::sample
