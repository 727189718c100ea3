// The record of a mailbox's last run, and its journal: any bytes. A record that was read is written and read back the
// same.
#include "sample/mailbox/sync_record.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void Hold(bool promise) {
  if (!promise) std::abort();
}

void HoldReadBack(const mapisync::sample::SyncRecord& record) {
  mapisync::sample::SyncRecord again;
  Hold(again.Read(record.Write()));
  Hold(again.folders() == record.folders());
  Hold(again.messages() == record.messages());
  Hold(again.Write() == record.Write());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view file(reinterpret_cast<const char*>(data), size);
  mapisync::sample::SyncRecord record;
  if (record.Read(file)) {
    HoldReadBack(record);
  } else {
    Hold(record.empty());
  }
  // Behind its first line, so that most inputs are journals.
  mapisync::sample::SyncRecord with_journal;
  with_journal.ReadJournal(std::string(mapisync::sample::SyncRecord::kJournalHeader).append(file));
  HoldReadBack(with_journal);
  return 0;
}
