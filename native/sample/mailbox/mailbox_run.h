#pragma once

#include <string>

#include "sample/mapi/sync_run.h"

namespace mapisync::sample {

// Starts the synchronisation of the mailbox in `store_folder`, in a thread of its own: progress and problems go to the
// callback, then Done with the result. Any thread.
HRESULT StartMailboxRun(const std::wstring& store_folder, SyncRequest request, SyncRun::Owner owner);

}  // namespace mapisync::sample
