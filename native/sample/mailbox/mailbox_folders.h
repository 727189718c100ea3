#pragma once

#include <string>

#include "windows/long_path.h"
#include "sample/mailbox/mailbox_sync.h"

namespace mapisync::sample {

// Where a mailbox store keeps what: two trees, and the record of the last run beside them.
inline MailboxPaths MailboxPathsOf(const std::wstring& store_folder) {
  return {JoinPath(store_folder, L"server"), JoinPath(store_folder, L"local"),
          JoinPath(store_folder, L"sync-record.txt")};
}

}  // namespace mapisync::sample
