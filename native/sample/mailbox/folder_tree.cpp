#include "sample/mailbox/folder_tree.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "sample/mailbox/eml_header.h"

namespace mapisync::sample {

namespace {

constexpr std::size_t kBufferBytes = 256 * 1024;
constexpr std::wstring_view kPrefix = L"\\\\?\\";
constexpr std::wstring_view kSharePrefix = L"\\\\?\\UNC\\";
constexpr std::wstring_view kTemporaryPrefix = L"~mapisync-";
constexpr std::wstring_view kTemporarySuffix = L".tmp";
constexpr std::wstring_view kMessageSuffix = L".eml";

std::uint64_t Join(DWORD high, DWORD low) { return static_cast<std::uint64_t>(high) << 32 | low; }

template <typename Information>
FileStamp StampOf(const Information& information) {
  return {Join(information.nFileSizeHigh, information.nFileSizeLow),
          Join(information.ftLastWriteTime.dwHighDateTime, information.ftLastWriteTime.dwLowDateTime)};
}

DWORD StampOfOpen(HANDLE file, FileStamp* stamp) {
  // Not GetFileInformationByHandle: that asks for the volume as well, which under Wine costs more than all the rest of
  // a copy.
  LARGE_INTEGER size;
  FILETIME modified;
  if (!GetFileSizeEx(file, &size) || !GetFileTime(file, nullptr, nullptr, &modified)) return GetLastError();
  *stamp = {static_cast<std::uint64_t>(size.QuadPart), Join(modified.dwHighDateTime, modified.dwLowDateTime)};
  return ERROR_SUCCESS;
}

std::wstring TemporaryName(unsigned number) {
  constexpr std::wstring_view kDigits = L"0123456789abcdef";
  std::wstring name(kTemporaryPrefix);
  for (int shift = 28; shift >= 0; shift -= 4) name.push_back(kDigits[number >> shift & 0xF]);
  name += kTemporarySuffix;
  return name;
}

bool IsTemporaryName(std::wstring_view name) {
  constexpr std::size_t kNumberDigits = 8;
  return name.size() == kTemporaryPrefix.size() + kNumberDigits + kTemporarySuffix.size() &&
         name.substr(0, kTemporaryPrefix.size()) == kTemporaryPrefix &&
         name.substr(kTemporaryPrefix.size() + kNumberDigits) == kTemporarySuffix &&
         name.find_first_not_of(L"0123456789abcdef", kTemporaryPrefix.size()) ==
             kTemporaryPrefix.size() + kNumberDigits;
}

bool IsMessageName(std::wstring_view name) {
  if (name.size() < kMessageSuffix.size()) return false;
  const std::wstring_view suffix = name.substr(name.size() - kMessageSuffix.size());
  return CompareStringOrdinal(suffix.data(), static_cast<int>(suffix.size()), kMessageSuffix.data(),
                              static_cast<int>(kMessageSuffix.size()), TRUE) == CSTR_EQUAL;
}

std::u16string Wide16(std::wstring_view text) { return {text.begin(), text.end()}; }

std::wstring ParentOf(const std::wstring& path) { return path.substr(0, path.rfind(L'\\')); }

// Up to a whole buffer; less at the end of the file alone.
DWORD ReadPiece(HANDLE file, char* buffer, std::size_t size, std::size_t* read) {
  *read = 0;
  while (*read < size) {
    DWORD got = 0;
    if (!ReadFile(file, buffer + *read, static_cast<DWORD>(size - *read), &got, nullptr)) return GetLastError();
    if (got == 0) break;
    *read += got;
  }
  return ERROR_SUCCESS;
}

DWORD WritePiece(HANDLE file, const char* data, std::size_t size) {
  while (size > 0) {
    const DWORD part = static_cast<DWORD>(std::min<std::size_t>(size, 1u << 30));
    DWORD written = 0;
    if (!WriteFile(file, data, part, &written, nullptr)) return GetLastError();
    if (written == 0) return ERROR_WRITE_FAULT;
    data += written;
    size -= written;
  }
  return ERROR_SUCCESS;
}

// A file that goes again unless it is kept: what stands beside its place until it is whole.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::wstring path) : path_(std::move(path)) {}
  ~TemporaryFile() {
    handle_.reset();
    if (created_) DeleteFileW(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  DWORD Create() {
    handle_ = OpenFileHandle(path_, GENERIC_WRITE | FILE_READ_ATTRIBUTES, 0, CREATE_ALWAYS);
    if (!handle_) return GetLastError();
    created_ = true;
    return ERROR_SUCCESS;
  }

  HANDLE handle() const { return handle_.get(); }

  // Closes it and gives it its name.
  DWORD Rename(const std::wstring& to, DWORD flags) {
    handle_.reset();
    if (!MoveFileExW(path_.c_str(), to.c_str(), flags)) return GetLastError();
    created_ = false;
    return ERROR_SUCCESS;
  }

 private:
  std::wstring path_;
  FileHandle handle_;
  bool created_ = false;
};

}  // namespace

FileHandle OpenFileHandle(const std::wstring& path, DWORD access, DWORD sharing, DWORD disposition) {
  const HANDLE handle = CreateFileW(path.c_str(), access, sharing, nullptr, disposition,
                                    FILE_ATTRIBUTE_NORMAL | FILE_FLAG_SEQUENTIAL_SCAN, nullptr);
  return FileHandle(handle == INVALID_HANDLE_VALUE ? nullptr : handle);
}

std::wstring ShownPath(const std::wstring& long_path) {
  if (long_path.substr(0, kSharePrefix.size()) == kSharePrefix) return L"\\\\" + long_path.substr(kSharePrefix.size());
  if (long_path.substr(0, kPrefix.size()) == kPrefix) return long_path.substr(kPrefix.size());
  return long_path;
}

std::u16string FoldFileName(std::u16string_view path) {
  if (path.empty()) return {};
  const std::wstring wide(path.begin(), path.end());
  std::wstring folded(wide.size(), L'\0');
  const int length = LCMapStringEx(LOCALE_NAME_INVARIANT, LCMAP_UPPERCASE, wide.data(), static_cast<int>(wide.size()),
                                   folded.data(), static_cast<int>(folded.size()), nullptr, nullptr, 0);
  return Wide16(static_cast<std::size_t>(length) == wide.size() ? folded : wide);
}

DWORD ReadFileBytes(const std::wstring& long_path, std::string* bytes) {
  bytes->clear();
  const FileHandle file = OpenFileHandle(long_path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, OPEN_EXISTING);
  if (!file) return GetLastError();
  for (;;) {
    const std::size_t before = bytes->size();
    bytes->resize(before + kBufferBytes);
    std::size_t read = 0;
    const DWORD error = ReadPiece(file.get(), bytes->data() + before, kBufferBytes, &read);
    bytes->resize(before + read);
    if (error != ERROR_SUCCESS || read < kBufferBytes) return error;
  }
}

DWORD ReplaceFileBytes(const std::wstring& long_path, std::string_view bytes) {
  TemporaryFile temporary(long_path + L".new");
  DWORD error = temporary.Create();
  if (error == ERROR_SUCCESS) error = WritePiece(temporary.handle(), bytes.data(), bytes.size());
  if (error == ERROR_SUCCESS && !FlushFileBuffers(temporary.handle())) error = GetLastError();
  if (error == ERROR_SUCCESS) error = temporary.Rename(long_path, MOVEFILE_REPLACE_EXISTING);
  return error;
}

FolderTrees::FolderTrees(std::wstring server, std::wstring local, Hooks hooks)
    : roots_{std::move(server), std::move(local)},
      hooks_(std::move(hooks)),
      buffer_(kBufferBytes),
      second_buffer_(kBufferBytes) {}

std::wstring FolderTrees::FullPath(Side side, std::u16string_view path) const {
  std::wstring full = roots_[Index(side)];
  if (path.empty()) return full;
  full.reserve(full.size() + 1 + path.size());
  full.push_back(L'\\');
  for (const char16_t unit : path) full.push_back(unit == u'/' ? L'\\' : static_cast<wchar_t>(unit));
  return full;
}

SyncProblem FolderTrees::Problem(DWORD error, std::wstring_view what, const std::wstring& path) const {
  return {static_cast<std::uint32_t>(HRESULT_FROM_WIN32(error)), Wide16(ShownPath(path)) + u' ' + Wide16(what)};
}

HRESULT FolderTrees::List(Side side, const std::function<bool(std::u16string_view)>& on_folder, TreeListing* listing) {
  *listing = TreeListing();
  bool holds_foreign = false;
  if (!on_folder(u"")) return S_OK;
  if (const DWORD error = ListFolder(side, u"", listing, &holds_foreign); error != ERROR_SUCCESS) {
    return HRESULT_FROM_WIN32(error);
  }
  // ListFolder appends the folders that it finds: the list is the queue as well.
  for (std::size_t next = 0; next < listing->folders.size(); ++next) {
    const std::u16string path = listing->folders[next].path;
    if (!on_folder(path)) return S_OK;
    holds_foreign = false;
    const DWORD error = ListFolder(side, path, listing, &holds_foreign);
    listing->folders[next].holds_foreign = holds_foreign;
    if (error == ERROR_SUCCESS) continue;
    listing->folders[next].unreadable = true;
    hooks_.report(Problem(error, L"could not be listed", FullPath(side, path)));
  }
  return S_OK;
}

DWORD FolderTrees::ListFolder(Side side, const std::u16string& folder, TreeListing* listing, bool* holds_foreign) {
  struct FindCloser {
    using pointer = HANDLE;
    void operator()(HANDLE handle) const { FindClose(handle); }
  };
  const std::wstring full = FullPath(side, folder);
  WIN32_FIND_DATAW found;
  const HANDLE handle = FindFirstFileExW((full + L"\\*").c_str(), FindExInfoBasic, &found, FindExSearchNameMatch,
                                         nullptr, FIND_FIRST_EX_LARGE_FETCH);
  if (handle == INVALID_HANDLE_VALUE) {
    const DWORD error = GetLastError();
    return error == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : error;  // the root of a drive has no entry for itself
  }
  const std::unique_ptr<HANDLE, FindCloser> search(handle);
  do {
    const std::wstring_view name(found.cFileName);
    if (name == L"." || name == L"..") continue;
    const bool is_folder = (found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
    // A junction or a link to a folder may lead round in a circle, or out of the mailbox.
    const bool is_link = is_folder && (found.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0;
    if (is_folder && !is_link) {
      listing->folders.push_back({JoinPath(folder, Wide16(name)), false, false});
    } else if (!is_folder && IsTemporaryName(name)) {
      DeleteFileW((full + L'\\' + found.cFileName).c_str());
    } else if (!is_folder && IsMessageName(name)) {
      listing->messages.push_back({JoinPath(folder, Wide16(name)), StampOf(found)});
    } else {
      *holds_foreign = true;
    }
  } while (FindNextFileW(handle, &found));
  const DWORD error = GetLastError();
  return error == ERROR_NO_MORE_FILES ? ERROR_SUCCESS : error;
}

MailboxTrees::Failure FolderTrees::CreateFolder(Side side, const std::u16string& path) {
  const std::wstring full = FullPath(side, path);
  if (CreateDirectoryW(full.c_str(), nullptr)) return std::nullopt;
  const DWORD error = GetLastError();
  if (error == ERROR_ALREADY_EXISTS) {
    const DWORD attributes = GetFileAttributesW(full.c_str());
    if (attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) return std::nullopt;
  }
  return Problem(error, L"could not be created", full);
}

MailboxTrees::Failure FolderTrees::DeleteFolder(Side side, const std::u16string& path) {
  const std::wstring full = FullPath(side, path);
  if (RemoveDirectoryW(full.c_str())) return std::nullopt;
  const DWORD error = GetLastError();
  if (error == ERROR_FILE_NOT_FOUND) return std::nullopt;
  return Problem(error, L"could not be deleted", full);
}

MailboxTrees::Failure FolderTrees::CopyMessage(const CopyRequest& request, CopyWatcher* watcher, CopyReceipt* receipt) {
  const std::wstring from = FullPath(request.from, request.from_path);
  const std::wstring to = FullPath(Other(request.from), request.to_path);
  // Nobody may write to it meanwhile: half of one version and half of another is no message.
  const FileHandle source = OpenFileHandle(from, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, OPEN_EXISTING);
  if (!source) return Problem(GetLastError(), L"could not be read", from);
  TemporaryFile temporary(ParentOf(to) + L'\\' + TemporaryName(copies_++));
  if (const DWORD error = temporary.Create(); error != ERROR_SUCCESS)
    return Problem(error, L"could not be written", to);
  if (Failure failure = FillCopy(source.get(), temporary.handle(), request, watcher, receipt)) return failure;

  const SyncProblem changed{kSyncObjectChanged,
                            Wide16(ShownPath(to)) + u" has changed meanwhile; it is left for the next run"};
  if (request.replaces) {
    WIN32_FILE_ATTRIBUTE_DATA there;
    if (!GetFileAttributesExW(to.c_str(), GetFileExInfoStandard, &there) || StampOf(there) != *request.replaces)
      return changed;
    // Windows does not replace such a file either; Wine would.
    if ((there.dwFileAttributes & FILE_ATTRIBUTE_READONLY) != 0) {
      return Problem(ERROR_ACCESS_DENIED, L"could not be written", to);
    }
  }
  const DWORD error = temporary.Rename(to, request.replaces ? MOVEFILE_REPLACE_EXISTING : 0);
  if (!request.replaces && (error == ERROR_ALREADY_EXISTS || error == ERROR_FILE_EXISTS)) return changed;
  if (error != ERROR_SUCCESS) return Problem(error, L"could not be written", to);
  return std::nullopt;
}

MailboxTrees::Failure FolderTrees::FillCopy(HANDLE source, HANDLE copy, const CopyRequest& request,
                                            CopyWatcher* watcher, CopyReceipt* receipt) {
  const std::wstring from = FullPath(request.from, request.from_path);
  const std::wstring to = FullPath(Other(request.from), request.to_path);
  if (const DWORD error = StampOfOpen(source, &receipt->source); error != ERROR_SUCCESS) {
    return Problem(error, L"could not be read", from);
  }
  ContentHash hash;
  EmlHeaderScanner scanner;
  std::uint64_t copied = 0;
  for (bool more = true; more;) {
    std::size_t read = 0;
    DWORD error = ReadPiece(source, buffer_.data(), buffer_.size(), &read);
    if (error != ERROR_SUCCESS) return Problem(error, L"could not be read", from);
    const std::size_t taken = request.headers_only ? scanner.Feed({buffer_.data(), read}) : read;
    more = read == buffer_.size() && taken == read;
    hash.Feed(buffer_.data(), taken);
    error = WritePiece(copy, buffer_.data(), taken);
    if (error != ERROR_SUCCESS) return Problem(error, L"could not be written", to);
    copied += taken;
    if (more && !watcher->OnBytes(copied)) return SyncProblem{kSyncUserCancel, u""};
  }
  receipt->whole = !request.headers_only || copied == receipt->source.size;
  receipt->copy_hash = hash.value();
  receipt->source_hash = receipt->whole ? hash.value() : 0;

  FileStamp after;
  DWORD error = StampOfOpen(source, &after);
  if (error != ERROR_SUCCESS) return Problem(error, L"could not be read", from);
  if (after != receipt->source || (receipt->whole && copied != after.size)) {
    return SyncProblem{kSyncObjectChanged,
                       Wide16(ShownPath(from)) + u" was written to while it was copied; it is left for the next run"};
  }
  const FILETIME modified{static_cast<DWORD>(after.modified), static_cast<DWORD>(after.modified >> 32)};
  // A flush waits for the disk, some milliseconds, or fifty where the disk is busy: thousands of new messages cannot
  // each have one.
  if (!SetFileTime(copy, nullptr, nullptr, &modified) || (request.durable && !FlushFileBuffers(copy))) {
    return Problem(GetLastError(), L"could not be written", to);
  }
  error = StampOfOpen(copy, &receipt->copy);
  if (error != ERROR_SUCCESS) return Problem(error, L"could not be written", to);
  return std::nullopt;
}

MailboxTrees::Failure FolderTrees::RenameMessage(Side side, const MessageFile& from, const std::u16string& to) {
  const std::wstring full = FullPath(side, from.path);
  WIN32_FILE_ATTRIBUTE_DATA there;
  if (!GetFileAttributesExW(full.c_str(), GetFileExInfoStandard, &there)) {
    return Problem(GetLastError(), L"could not be renamed", full);
  }
  if (StampOf(there) != from.stamp) {
    return SyncProblem{kSyncObjectChanged,
                       Wide16(ShownPath(full)) + u" has changed meanwhile; it is left for the next run"};
  }
  if (!MoveFileExW(full.c_str(), FullPath(side, to).c_str(), 0)) {
    return Problem(GetLastError(), L"could not be renamed", full);
  }
  return std::nullopt;
}

MailboxTrees::Failure FolderTrees::DeleteMessage(Side side, const MessageFile& message) {
  const std::wstring full = FullPath(side, message.path);
  // Looked at and deleted through one handle, while nobody may write to it.
  const FileHandle file =
      OpenFileHandle(full, DELETE | FILE_READ_ATTRIBUTES, FILE_SHARE_READ | FILE_SHARE_DELETE, OPEN_EXISTING);
  DWORD error = file ? ERROR_SUCCESS : GetLastError();
  if (error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND) return std::nullopt;
  FileStamp stamp;
  if (error == ERROR_SUCCESS) error = StampOfOpen(file.get(), &stamp);
  if (error == ERROR_SUCCESS && stamp != message.stamp) {
    return SyncProblem{kSyncObjectChanged,
                       Wide16(ShownPath(full)) + u" has changed meanwhile; it is left for the next run"};
  }
  FILE_DISPOSITION_INFO disposition{};
  disposition.DeleteFile = TRUE;
  if (error == ERROR_SUCCESS &&
      !SetFileInformationByHandle(file.get(), FileDispositionInfo, &disposition, sizeof disposition)) {
    error = GetLastError();
  }
  if (error != ERROR_SUCCESS) return Problem(error, L"could not be deleted", full);
  return std::nullopt;
}

std::optional<FileHandle> FolderTrees::OpenToRead(Side side, const MessageFile& message) {
  const std::wstring full = FullPath(side, message.path);
  FileHandle file = OpenFileHandle(full, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, OPEN_EXISTING);
  if (file) return file;
  hooks_.report(Problem(GetLastError(), L"could not be read", full));
  return std::nullopt;
}

MessageReader::Comparison FolderTrees::Compare(const MessageFile& server, const MessageFile& local) {
  if (!hooks_.on_compare(ParentPath(local.path))) return {};
  if (local.stamp.size > server.stamp.size) return {Relation::kDifferent, 0};
  const std::optional<FileHandle> server_file = OpenToRead(Side::kServer, server);
  if (!server_file) return {};
  const std::optional<FileHandle> local_file = OpenToRead(Side::kLocal, local);
  if (!local_file) return {};
  ContentHash hash;
  EmlHeaderScanner scanner;
  std::uint64_t in_header = 0;
  std::uint64_t compared = 0;
  for (;;) {
    std::size_t local_read = 0;
    std::size_t server_read = 0;
    DWORD error = ReadPiece(local_file->get(), buffer_.data(), buffer_.size(), &local_read);
    if (error != ERROR_SUCCESS) {
      hooks_.report(Problem(error, L"could not be read", FullPath(Side::kLocal, local.path)));
      return {};
    }
    // Up to the local file's end, and a little further, to see whether the server's goes on.
    error = ReadPiece(server_file->get(), second_buffer_.data(), second_buffer_.size(), &server_read);
    if (error != ERROR_SUCCESS) {
      hooks_.report(Problem(error, L"could not be read", FullPath(Side::kServer, server.path)));
      return {};
    }
    if (server_read < local_read || std::memcmp(buffer_.data(), second_buffer_.data(), local_read) != 0) {
      return {Relation::kDifferent, 0};
    }
    hash.Feed(buffer_.data(), local_read);
    in_header += scanner.Feed({buffer_.data(), local_read});
    compared += local_read;
    const bool local_ends = local_read < buffer_.size();
    if (local_ends && server_read == local_read) return {Relation::kEqual, hash.value()};
    if (local_ends) {
      const bool is_header = scanner.complete() && in_header == compared;
      return {is_header ? Relation::kLocalIsHeaderBlock : Relation::kDifferent, hash.value()};
    }
    if (!hooks_.on_compare(ParentPath(local.path))) return {};
  }
}

std::optional<std::uint64_t> FolderTrees::Hash(Side side, const MessageFile& message) {
  if (!hooks_.on_compare(ParentPath(message.path))) return std::nullopt;
  const std::optional<FileHandle> file = OpenToRead(side, message);
  if (!file) return std::nullopt;
  ContentHash hash;
  for (;;) {
    std::size_t read = 0;
    const DWORD error = ReadPiece(file->get(), buffer_.data(), buffer_.size(), &read);
    if (error != ERROR_SUCCESS) {
      hooks_.report(Problem(error, L"could not be read", FullPath(side, message.path)));
      return std::nullopt;
    }
    hash.Feed(buffer_.data(), read);
    if (read < buffer_.size()) return hash.value();
    if (!hooks_.on_compare(ParentPath(message.path))) return std::nullopt;
  }
}

}  // namespace mapisync::sample
