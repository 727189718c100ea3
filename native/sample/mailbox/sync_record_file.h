// The record of the last run and the journal of this one, as files: sync-record.txt and sync-record.txt.journal in the
// store's folder. The journal, open and not shared, is the lock as well: one run a store, in whatever process. Windows.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "sample/mailbox/folder_tree.h"
#include "sample/mailbox/sync_executor.h"
#include "sample/mailbox/sync_record.h"

namespace mapisync::sample {

class SyncRecordFile final : public SyncJournal {
 public:
  using ReportProblem = std::function<void(const SyncProblem&)>;

  // The record's path, as LongPath makes it.
  SyncRecordFile(std::wstring path, ReportProblem report);

  // Reads the record, and what a run that was killed left in its journal. MAPI_E_BUSY: another run has it.
  HRESULT Open();
  const SyncRecord& record() const { return record_; }

  // SyncJournal
  void Note(std::span<const RecordChange> changes) override;

  // Writes the record beside its place, renames it into it, and removes the journal. What goes wrong is reported.
  void Close();

 private:
  bool Save();
  void BeginJournal();
  HRESULT ReportFailure(DWORD error, std::u16string_view what);
  void Report(HRESULT result, std::u16string_view what);

  std::wstring path_;
  ReportProblem report_;
  SyncRecord record_;
  FileHandle journal_;       // held as the lock; empty where there can be none
  bool journaling_ = false;  // may it be appended to?
  bool dirty_ = false;       // the record has changed since it was read
};

}  // namespace mapisync::sample
