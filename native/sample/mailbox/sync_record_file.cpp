#include "sample/mailbox/sync_record_file.h"

#include <utility>

#include "mapi/codes.h"

namespace mapisync::sample {

SyncRecordFile::SyncRecordFile(std::wstring path, ReportProblem report)
    : path_(std::move(path)), report_(std::move(report)) {}

HRESULT SyncRecordFile::Open() {
  const std::wstring journal_path = path_ + L".journal";
  journal_ = OpenFileHandle(journal_path, GENERIC_READ | GENERIC_WRITE | DELETE, 0, OPEN_ALWAYS);
  if (!journal_) {
    const DWORD error = GetLastError();
    if (error == ERROR_SHARING_VIOLATION) return mapi::MAPI_E_BUSY;
    if (error == ERROR_PATH_NOT_FOUND) return ReportFailure(error, u" has no folder to be in");
    // Without a journal a run that is killed costs the next one some comparisons; nothing else depends on it.
    ReportFailure(error, u".journal could not be opened");
  }

  std::string bytes;
  DWORD error = ReadFileBytes(path_, &bytes);
  if (error != ERROR_SUCCESS && error != ERROR_FILE_NOT_FOUND) {
    return ReportFailure(error, u" could not be read");
  }
  if (error == ERROR_SUCCESS && !record_.Read(bytes)) {
    Report(mapi::MAPI_W_ERRORS_RETURNED,
           u" is no record of this version: the sides are compared afresh, and nothing is deleted");
    dirty_ = true;
  }
  if (!journal_) return S_OK;

  std::string journal;
  LARGE_INTEGER size;
  if (GetFileSizeEx(journal_.get(), &size) && size.QuadPart > 0) {
    journal.resize(static_cast<std::size_t>(size.QuadPart));
    DWORD read = 0;
    if (!ReadFile(journal_.get(), journal.data(), static_cast<DWORD>(journal.size()), &read, nullptr)) read = 0;
    journal.resize(read);
    record_.ReadJournal(journal);
    dirty_ = true;
    if (!Save()) return S_OK;  // what the journal says is still needed: it stays as it is
  }
  BeginJournal();
  return S_OK;
}

void SyncRecordFile::Note(std::span<const RecordChange> changes) {
  std::string lines;
  for (const RecordChange& change : changes) {
    record_.Apply(change);
    if (journaling_) lines += SyncRecord::JournalLine(change);
  }
  dirty_ = true;
  DWORD written = 0;
  if (!journaling_ || lines.empty()) return;
  if (WriteFile(journal_.get(), lines.data(), static_cast<DWORD>(lines.size()), &written, nullptr) &&
      written == lines.size()) {
    return;
  }
  const DWORD error = GetLastError();
  // Half a line may stand at its end now, behind which nothing would be read.
  journaling_ = false;
  ReportFailure(error, u".journal could not be written");
}

void SyncRecordFile::Close() {
  if (dirty_ && !Save()) return;
  if (!journal_) return;
  FILE_DISPOSITION_INFO disposition{};
  disposition.DeleteFile = TRUE;
  SetFileInformationByHandle(journal_.get(), FileDispositionInfo, &disposition, sizeof disposition);
  journal_.reset();
}

bool SyncRecordFile::Save() {
  const DWORD error = ReplaceFileBytes(path_, record_.Write());
  if (error != ERROR_SUCCESS) {
    ReportFailure(error, u" could not be written");
    return false;
  }
  dirty_ = false;
  return true;
}

void SyncRecordFile::BeginJournal() {
  DWORD written = 0;
  journaling_ = SetFilePointer(journal_.get(), 0, nullptr, FILE_BEGIN) == 0 && SetEndOfFile(journal_.get()) &&
                WriteFile(journal_.get(), SyncRecord::kJournalHeader.data(),
                          static_cast<DWORD>(SyncRecord::kJournalHeader.size()), &written, nullptr) &&
                written == SyncRecord::kJournalHeader.size();
  if (!journaling_) ReportFailure(GetLastError(), u".journal could not be written");
}

HRESULT SyncRecordFile::ReportFailure(DWORD error, std::u16string_view what) {
  const HRESULT result = HRESULT_FROM_WIN32(error);
  Report(result, what);
  return result;
}

void SyncRecordFile::Report(HRESULT result, std::u16string_view what) {
  const std::wstring shown = ShownPath(path_);
  std::u16string text(shown.begin(), shown.end());
  text += what;
  report_({static_cast<std::uint32_t>(result), std::move(text)});
}

}  // namespace mapisync::sample
