// Two listings, the record of the last run and what is asked for go in; the steps that bring the trees together come
// out. Portable, and pure but for the contents that it has compared where stamps alone cannot tell.
//
// What counts, for each folder and message by itself:
//  - Created, changed or deleted on one side since the last run: the other side follows, if the scope has changes of
//    that side and that kind. What is out of scope stays pending, and the record does not claim it.
//  - Equal on both sides: recorded, never copied.
//  - Changed on both sides, or created on both with different contents: the server's version keeps the name, the local
//    one goes on under a conflict name, and a warning says so.
//  - Deleted on one side, changed on the other: what was changed is kept, with a warning. A folder counts as changed if
//    anything is in it that the last run did not leave there; else its deletion takes its messages with it.
//  - A message waits for its folder: where the folder is not in scope, the message stays pending with it.
//  - A local copy that is a header block alone is never sent to the server as the message. One that the user has
//    edited goes on under a conflict name.
//  - What cannot be read, and what is a folder here and a file there, is left alone on both sides.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sample/mailbox/sync_record.h"
#include "sample/mailbox/sync_tree.h"

namespace mapisync::sample {

// Where SYNC_OUTGOING_MAIL finds messages, directly in that local folder, and where it puts them on the server.
inline constexpr std::u16string_view kOutboxFolder = u"Outbox";
inline constexpr std::u16string_view kSentFolder = u"Sent Items";

struct SyncScope {
  bool hierarchy[2] = {};     // by the Side that the changes come from: kServer is download, kLocal upload
  bool contents[2] = {};      // likewise
  bool headers_only = false;  // of what is downloaded, the header block alone
  bool outgoing = false;      // move the local Outbox's messages to the server's Sent Items

  bool AnyHierarchy() const { return hierarchy[0] || hierarchy[1]; }
  bool AnyContents() const { return contents[0] || contents[1]; }
  bool Nothing() const { return !AnyHierarchy() && !AnyContents() && !outgoing; }
};

enum class SyncStepKind : std::uint8_t {
  kRecord,        // apply `changes` to the record: it is so already
  kReport,        // report `problem`
  kCreateFolder,  // `path` on `side`
  kCopyMessage,   // `path` of the other side to `to_path` on `side`
  kKeepBoth,      // the local `path` becomes `to_path`; then, as asked, that is uploaded and the server's `server_path`
                  // downloaded
  kMoveOutgoing,  // the local `path` goes to `to_path` on the server, and locally, too, or goes away
  kDeleteMessage,  // `path` on `side`
  kDeleteFolder,   // likewise
};

struct SyncStep {
  SyncStepKind kind = SyncStepKind::kRecord;
  Side side = Side::kLocal;
  std::u16string folder;  // whose turn it is, for the progress text
  std::u16string path;
  std::u16string to_path;
  std::u16string server_path;          // kKeepBoth; kMoveOutgoing: the server's copy in its Outbox, which goes as well
  std::u16string record_path;          // under which the record has the item, or is to have it
  FileStamp stamp;                     // what is to stand at `path`
  FileStamp server_stamp;              // what is to stand at `server_path`; kCopyMessage of headers: at `path`
  FileStamp sent_stamp;                // kMoveOutgoing without upload: what stands at `to_path` on the server
  std::uint64_t hash = 0;              // kMoveOutgoing without upload: of the message
  std::optional<FileStamp> replaces;   // kCopyMessage: what is to stand at `to_path`
  bool headers_only = false;           // kCopyMessage, kKeepBoth
  bool upload = false;                 // kKeepBoth, kMoveOutgoing (false: it is there, from a run that was killed)
  bool download = false;               // kKeepBoth
  bool keep = false;                   // kMoveOutgoing: keep it locally, under `to_path`
  bool recorded = false;               // kKeepBoth, kMoveOutgoing: the record is to lose `record_path`
  bool on_both = false;                // kCreateFolder: it is on both sides then
  std::optional<SyncProblem> problem;  // reported when the step is done
  std::vector<RecordChange> changes;   // kRecord
  std::uint64_t weight = 0;            // its share in the whole run's work
};

struct SyncPlan {
  std::vector<SyncStep> steps;  // in the order in which they are to be done
  std::uint64_t weight = 0;     // of all steps together
};

struct SyncInput {
  const TreeListing* trees[2] = {};  // by Side
  const SyncRecord* record = nullptr;
  SyncScope scope;
  FoldCase fold = nullptr;
  MessageReader* reader = nullptr;
};

SyncPlan PlanSync(const SyncInput& input);

}  // namespace mapisync::sample
