// A mailbox as synchronisation sees it: two trees of folders and messages, and what can be done to them. Portable;
// folder_tree stands behind it on Windows, a map in memory does in the tests.
//
// Paths are relative to the tree's root, without a leading separator, with / between names; the root itself is empty.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mapisync::sample {

enum class Side : std::uint8_t { kServer = 0, kLocal = 1 };

constexpr Side Other(Side side) { return side == Side::kServer ? Side::kLocal : Side::kServer; }
constexpr std::size_t Index(Side side) { return static_cast<std::size_t>(side); }

// By which a changed file is told from an unchanged one without reading it.
struct FileStamp {
  std::uint64_t size = 0;      // bytes
  std::uint64_t modified = 0;  // 100-nanosecond intervals since 1601, as the file system has it
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

struct MessageFile {
  std::u16string path;
  FileStamp stamp;
};

struct TreeFolder {
  std::u16string path;
  bool holds_foreign =
      false;  // something that is no message lies directly in it; synchronisation leaves such things alone
  bool unreadable = false;  // could not be listed: nothing is known about what is in it
};

// In any order; every folder's parent is listed as well. The root has no entry.
struct TreeListing {
  std::vector<TreeFolder> folders;
  std::vector<MessageFile> messages;
};

// Something that went wrong (a failing code), or that the user should know (a succeeding one).
struct SyncProblem {
  std::uint32_t result = 0;  // HRESULT
  std::u16string text;       // names the file or folder
};

// Brings a name into the form in which the file system compares names; keeps / and the number of names as they are.
using FoldCase = std::u16string (*)(std::u16string_view path);

// Reading for a comparison. A message that cannot be read has been reported when the call returns.
class MessageReader {
 public:
  enum class Relation : std::uint8_t { kEqual, kLocalIsHeaderBlock, kDifferent, kUnreadable };
  struct Comparison {
    Relation relation = Relation::kUnreadable;
    std::uint64_t local_hash = 0;  // of the local file's bytes, where the relation is one of the first two
  };
  virtual ~MessageReader() = default;
  // kLocalIsHeaderBlock: `local` is, byte for byte, the header block of `server`, which has a body besides.
  virtual Comparison Compare(const MessageFile& server, const MessageFile& local) = 0;
  // Never 0.
  virtual std::optional<std::uint64_t> Hash(Side side, const MessageFile& message) = 0;
};

struct CopyRequest {
  Side from = Side::kServer;  // the copy goes to the other side
  std::u16string from_path;
  std::u16string to_path;
  std::optional<FileStamp> replaces;  // what is to stand at to_path until then; without a value: nothing
  bool headers_only = false;
  bool durable = false;  // on the disk itself when the call returns: the only other copy goes away then
};

struct CopyReceipt {
  FileStamp source;  // of what was copied
  FileStamp copy;
  std::uint64_t source_hash = 0;  // 0: not all of it was read
  std::uint64_t copy_hash = 0;
  bool whole = true;  // false: the message has a body that the copy lacks
};

// Hears how far one copy has come.
class CopyWatcher {
 public:
  virtual ~CopyWatcher() = default;
  // False: the copy is to be given up.
  virtual bool OnBytes(std::uint64_t copied) = 0;
};

// The changes. Each either happens as a whole or not at all, however the process ends, and answers a problem if it did
// not happen. None of them destroys what is not as it was when the trees were listed.
class MailboxTrees {
 public:
  using Failure = std::optional<SyncProblem>;
  virtual ~MailboxTrees() = default;
  virtual Failure CreateFolder(Side side, const std::u16string& path) = 0;
  // Fails where the folder is not empty.
  virtual Failure DeleteFolder(Side side, const std::u16string& path) = 0;
  // The copy has the source's modification time. MAPI_E_USER_CANCEL if the watcher gave up.
  virtual Failure CopyMessage(const CopyRequest& request, CopyWatcher* watcher, CopyReceipt* receipt) = 0;
  // Within one side; fails where something stands at `to`.
  virtual Failure RenameMessage(Side side, const MessageFile& from, const std::u16string& to) = 0;
  virtual Failure DeleteMessage(Side side, const MessageFile& message) = 0;
};

// The codes that the portable parts report; mailbox_sync.cpp holds them against native/mapi.
inline constexpr std::uint32_t kSyncClientChangeNewer = 0x00040821;  // SYNC_W_CLIENT_CHANGE_NEWER
inline constexpr std::uint32_t kSyncUserCancel = 0x80040113;         // MAPI_E_USER_CANCEL
inline constexpr std::uint32_t kSyncObjectChanged = 0x80040109;      // MAPI_E_OBJECT_CHANGED
inline constexpr std::uint32_t kSyncCollision = 0x80040604;          // MAPI_E_COLLISION

// FNV-1a, 64 bits, never 0: tells a file that was only touched from one that was changed.
class ContentHash {
 public:
  void Feed(const char* data, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
      value_ = (value_ ^ static_cast<unsigned char>(data[i])) * 0x100000001B3u;
    }
  }
  std::uint64_t value() const { return value_ == 0 ? 1 : value_; }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325u;
};

// "Inbox/a.eml" -> "Inbox"; "a.eml" -> "".
std::u16string_view ParentPath(std::u16string_view path);
std::u16string_view LastName(std::u16string_view path);
std::u16string JoinPath(std::u16string_view parent, std::u16string_view name);

}  // namespace mapisync::sample
