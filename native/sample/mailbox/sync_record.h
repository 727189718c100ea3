// What the last run left in sync, so that the next can tell a change from a deletion. Portable.
//
// Two files of one language: the record, written as a whole beside its place and renamed into it, and the journal, to
// which a run appends each change as it is done. A run that was killed leaves its journal; the next applies it to the
// record first. UTF-8, one entry a line, fields divided by tabs:
//
//   mapisync sync record 1                        (or: mapisync sync journal 1)
//   folder PATH
//   message SIZE MODIFIED HASH SIZE MODIFIED HASH whole|headers PATH
//                                                 the server's file, then the local one
//   expect-headers SIZE MODIFIED PATH             a run was about to bring the header block
//                                                 of the server's file, as it was then
//   forget-folder PATH                            (in a journal)
//   forget-message PATH                           (in a journal)
//   end                                           (the last line of a record)
//
// Numbers are decimal, hashes hexadecimal (0: unknown); in paths, control characters, backslashes and lone surrogates
// are \uXXXX.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "sample/mailbox/sync_tree.h"

namespace mapisync::sample {

struct RecordedMessage {
  FileStamp stamp[2];          // by Side
  std::uint64_t hash[2] = {};  // by Side; 0: unknown
  bool headers_only = false;   // the local file is the message's header block alone
  friend bool operator==(const RecordedMessage&, const RecordedMessage&) = default;
};

struct RecordChange {
  enum class Kind : std::uint8_t { kSetFolder, kSetMessage, kExpectHeaders, kForgetFolder, kForgetMessage };
  Kind kind = Kind::kSetFolder;
  std::u16string path;
  RecordedMessage message;  // kSetMessage; kExpectHeaders: its stamp of the server's file
};

class SyncRecord {
 public:
  const std::set<std::u16string>& folders() const { return folders_; }
  const std::map<std::u16string, RecordedMessage>& messages() const { return messages_; }
  // Header blocks that a run was about to bring when it ended, by path, with the stamp of the server's file. One that
  // has been brought must be known for what it is, even if the message has gone from the server since. What is set or
  // forgotten is expected no more.
  const std::map<std::u16string, FileStamp>& expected_headers() const { return expected_headers_; }
  bool empty() const { return folders_.empty() && messages_.empty() && expected_headers_.empty(); }

  void Apply(const RecordChange& change);

  // The whole file.
  std::string Write() const;
  // Any bytes. False, and the record empty, unless the file is a record of this version from its first line to its
  // last: half a record is none. Without a record, a run deletes nothing and compares what stands on both sides.
  bool Read(std::string_view file);
  // Any bytes. Applies the journal's entries up to the first that is malformed: that is where its writer was killed.
  void ReadJournal(std::string_view file);

  static constexpr std::string_view kJournalHeader = "mapisync sync journal 1\n";
  // A line of a journal, its end included.
  static std::string JournalLine(const RecordChange& change);

 private:
  std::set<std::u16string> folders_;
  std::map<std::u16string, RecordedMessage> messages_;
  std::map<std::u16string, FileStamp> expected_headers_;
};

}  // namespace mapisync::sample
