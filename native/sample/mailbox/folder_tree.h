// Two folder trees on disk, as the synchronisation's planner and executor want them: listed, read, and changed so that
// each change happens as a whole or not at all. Windows; paths of any length.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mapi/platform.h"
#include "sample/mailbox/sync_tree.h"

namespace mapisync::sample {

struct FileHandleCloser {
  using pointer = HANDLE;
  void operator()(HANDLE handle) const { CloseHandle(handle); }
};
using FileHandle = std::unique_ptr<HANDLE, FileHandleCloser>;

// CreateFileW; empty, with the thread's last error set, where that fails.
FileHandle OpenFileHandle(const std::wstring& path, DWORD access, DWORD sharing, DWORD disposition);

// What LongPath made, without its prefix, for people to read.
std::wstring ShownPath(const std::wstring& long_path);

// The form in which names are compared: upper case, by the invariant locale, one unit for one.
std::u16string FoldFileName(std::u16string_view path);

// All of a file. ERROR_SUCCESS, or what went wrong.
DWORD ReadFileBytes(const std::wstring& long_path, std::string* bytes);
// Written beside its place, flushed, and renamed into it. ERROR_SUCCESS, or what went wrong; then the old file still
// stands.
DWORD ReplaceFileBytes(const std::wstring& long_path, std::string_view bytes);

class FolderTrees final : public MailboxTrees, public MessageReader {
 public:
  struct Hooks {
    std::function<void(const SyncProblem&)> report;              // something could not be read
    std::function<bool(std::u16string_view folder)> on_compare;  // false: give up, and answer kUnreadable
  };

  // The two roots, as LongPath makes them.
  FolderTrees(std::wstring server, std::wstring local, Hooks hooks);

  // Calls `on_folder` for each folder before it is read; gives up where that answers false. Temporary files that a run
  // left behind are removed on the way. Fails only where the root itself cannot be read.
  HRESULT List(Side side, const std::function<bool(std::u16string_view folder)>& on_folder, TreeListing* listing);

  // MailboxTrees
  Failure CreateFolder(Side side, const std::u16string& path) override;
  Failure DeleteFolder(Side side, const std::u16string& path) override;
  Failure CopyMessage(const CopyRequest& request, CopyWatcher* watcher, CopyReceipt* receipt) override;
  Failure RenameMessage(Side side, const MessageFile& from, const std::u16string& to) override;
  Failure DeleteMessage(Side side, const MessageFile& message) override;

  // MessageReader
  Comparison Compare(const MessageFile& server, const MessageFile& local) override;
  std::optional<std::uint64_t> Hash(Side side, const MessageFile& message) override;

 private:
  std::wstring FullPath(Side side, std::u16string_view path) const;
  SyncProblem Problem(DWORD error, std::wstring_view what, const std::wstring& path) const;
  std::optional<FileHandle> OpenToRead(Side side, const MessageFile& message);
  DWORD ListFolder(Side side, const std::u16string& folder, TreeListing* listing, bool* holds_foreign);
  Failure FillCopy(HANDLE source, HANDLE copy, const CopyRequest& request, CopyWatcher* watcher, CopyReceipt* receipt);

  std::wstring roots_[2];
  Hooks hooks_;
  std::vector<char> buffer_;
  std::vector<char> second_buffer_;
  unsigned copies_ = 0;
};

}  // namespace mapisync::sample
