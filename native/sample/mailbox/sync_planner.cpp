#include "sample/mailbox/sync_planner.h"

#include <algorithm>
#include <deque>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace mapisync::sample {

namespace {

// One unit of work, about what creating a small file costs, and how many bytes more of a message count as another.
constexpr std::uint64_t kBytesPerWeight = 64 * 1024;

// What file systems take as a name, in UTF-16 units.
constexpr std::size_t kLongestName = 255;

std::u16string Quoted(std::u16string_view path) {
  std::u16string quoted = u"\"";
  quoted += path;
  quoted += u'"';
  return quoted;
}

std::u16string Decimal(unsigned number) {
  std::u16string digits;
  for (const char digit : std::to_string(number)) digits.push_back(static_cast<char16_t>(digit));
  return digits;
}

std::u16string_view Named(Side side) { return side == Side::kServer ? u"on the server" : u"locally"; }

// "a.eml", " (conflict)" -> "a (conflict).eml"; the stem gives way where the name would become too long.
std::u16string WithSuffix(std::u16string_view name, std::u16string_view suffix) {
  const std::size_t dot = name.rfind(u'.');
  const std::u16string_view extension = dot == std::u16string_view::npos ? std::u16string_view() : name.substr(dot);
  std::u16string_view stem = name.substr(0, name.size() - extension.size());
  const std::size_t room = kLongestName - std::min(kLongestName, suffix.size() + extension.size());
  if (stem.size() > room) {
    stem = stem.substr(0, room);
    const bool splits_pair = !stem.empty() && stem.back() >= 0xD800 && stem.back() <= 0xDBFF;
    if (splits_pair) stem.remove_suffix(1);
  }
  std::u16string changed(stem);
  changed += suffix;
  changed += extension;
  return changed;
}

enum class Change : std::uint8_t { kUnknown, kNone, kTouched, kChanged, kUnreadable };
enum class Removal : std::uint8_t { kUndecided, kHolds, kRemovable };

struct Folder;

struct Message {
  std::u16string key;
  const MessageFile* on[2] = {};
  const RecordedMessage* recorded = nullptr;
  std::u16string record_path;  // as recorded, else the server's spelling, else the local one
  Folder* parent = nullptr;
  Change change[2] = {};
  bool left_alone = false;  // decided elsewhere, or not to be decided in this run
};

struct Folder {
  std::u16string key;
  const TreeFolder* on[2] = {};
  std::u16string record_path;
  bool recorded = false;
  Folder* parent = nullptr;  // null for the root alone
  std::vector<Folder*> children;
  std::vector<Message*> messages;
  bool blocked = false;  // nothing in it, or about it, is touched
  bool needed = false;   // outgoing mail goes there
  bool decided = false;
  bool after[2] = {};    // will it be there when the plan is done?
  bool deleted[2] = {};  // does the plan delete it?
  Removal removal = Removal::kUndecided;

  const std::u16string& path(Side side) const { return on[Index(side)]->path; }
};

class Planner {
 public:
  explicit Planner(const SyncInput& input) : input_(input), scope_(input.scope) {}

  SyncPlan Plan() {
    GatherFolders();
    GatherMessages();
    Connect();
    if (scope_.outgoing) PlanOutgoing();
    if (scope_.AnyHierarchy()) JudgeRemovals();
    for (Folder* folder : folders_in_order_) PlanFolder(folder);
    return Finish();
  }

 private:
  static constexpr Side kSides[] = {Side::kServer, Side::kLocal};

  std::u16string Key(std::u16string_view path) const { return input_.fold(path); }

  // ---- what there is ----

  Folder* FolderAt(const std::u16string& key) {
    auto [place, is_new] = folders_.try_emplace(key);
    if (is_new) place->second.key = key;
    return &place->second;
  }

  void GatherFolders() {
    FolderAt(u"");
    for (const std::u16string& path : input_.record->folders()) {
      Folder* folder = FolderAt(Key(path));
      if (folder->recorded) Record(RecordChange::Kind::kForgetFolder, folder->record_path);
      folder->recorded = true;
      folder->record_path = path;
    }
    for (const Side side : kSides) {
      std::vector<std::pair<std::size_t, const TreeFolder*>> by_depth;
      for (const TreeFolder& folder : input_.trees[Index(side)]->folders) {
        by_depth.emplace_back(std::count(folder.path.begin(), folder.path.end(), u'/'), &folder);
      }
      std::sort(by_depth.begin(), by_depth.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first < b.first : a.second->path < b.second->path;
      });
      for (const auto& [depth, listed] : by_depth) {
        if (Hidden(side, listed->path)) {
          hidden_[Index(side)].insert(listed->path);
          continue;
        }
        Folder* folder = FolderAt(Key(listed->path));
        const TreeFolder*& place = folder->on[Index(side)];
        if (place != nullptr) {
          // Two names that differ in case alone, as a case-sensitive disk allows. One of them can be synchronised.
          const TreeFolder* loser = listed;
          if (listed->path == folder->record_path) loser = std::exchange(place, listed);
          hidden_[Index(side)].insert(loser->path);
          ReportSpelling(side, loser->path);
          continue;
        }
        place = listed;
      }
    }
  }

  // Does it lie in a folder that lost its place to one of the same name?
  bool Hidden(Side side, std::u16string_view path) const {
    const auto& hidden = hidden_[Index(side)];
    return !hidden.empty() && hidden.contains(std::u16string(ParentPath(path)));
  }

  void GatherMessages() {
    for (const auto& [path, recorded] : input_.record->messages()) {
      Message* message = MessageAt(Key(path));
      if (message->recorded != nullptr) Record(RecordChange::Kind::kForgetMessage, message->record_path);
      message->recorded = &recorded;
      message->record_path = path;
    }
    for (const Side side : kSides) {
      for (const MessageFile& file : input_.trees[Index(side)]->messages) {
        if (Hidden(side, file.path)) continue;
        Message* message = MessageAt(Key(file.path));
        const MessageFile*& place = message->on[Index(side)];
        if (place != nullptr) {
          const bool prefer_new =
              message->recorded != nullptr ? file.path == message->record_path : file.path < place->path;
          const MessageFile* loser = prefer_new ? std::exchange(place, &file) : &file;
          ReportSpelling(side, loser->path);
          continue;
        }
        place = &file;
      }
    }
    MeetExpectations();
  }

  // Which of the header blocks that a killed run was about to bring did it bring? A copy has its source's modification
  // time.
  void MeetExpectations() {
    for (const auto& [path, server] : input_.record->expected_headers()) {
      Message* message = MessageAt(Key(path));
      if (message->record_path.empty()) message->record_path = path;
      const MessageFile* local = message->on[Index(Side::kLocal)];
      const bool is_as_recorded = local != nullptr && message->recorded != nullptr &&
                                  local->stamp == message->recorded->stamp[Index(Side::kLocal)];
      if (local != nullptr && !is_as_recorded && local->stamp.modified == server.modified &&
          local->stamp.size < server.size) {
        RecordedMessage& brought = brought_.emplace_back();
        brought.stamp[Index(Side::kServer)] = server;
        brought.stamp[Index(Side::kLocal)] = local->stamp;
        brought.hash[Index(Side::kLocal)] = input_.reader->Hash(Side::kLocal, *local).value_or(0);
        brought.headers_only = true;
        message->recorded = &brought;
      }
      // Either way the matter is settled with this.
      if (message->recorded != nullptr) {
        Record(RecordChange::Kind::kSetMessage, message->record_path, *message->recorded);
      } else {
        Record(RecordChange::Kind::kForgetMessage, path);
      }
    }
  }

  Message* MessageAt(const std::u16string& key) {
    auto [place, is_new] = messages_.try_emplace(key);
    if (is_new) place->second.key = key;
    return &place->second;
  }

  void Connect() {
    if (scope_.outgoing && !OutboxIsEmpty()) FolderAt(Key(kSentFolder))->needed = true;
    for (auto& [key, folder] : folders_) folders_in_order_.push_back(&folder);
    // A parent's key is a prefix of its children's: it comes first.
    std::sort(folders_in_order_.begin(), folders_in_order_.end(),
              [](const Folder* a, const Folder* b) { return a->key < b->key; });
    Folder* root = folders_in_order_.front();
    root->after[0] = root->after[1] = true;
    for (Folder* folder : folders_in_order_) {
      if (folder == root) continue;
      folder->parent = NearestFolder(ParentPath(folder->key));
      folder->parent->children.push_back(folder);
      folder->blocked = folder->parent->blocked || IsUnreadable(*folder) || IsFileElsewhere(folder);
    }
    std::vector<Message*> in_order;
    in_order.reserve(messages_.size());
    for (auto& [key, message] : messages_) in_order.push_back(&message);
    std::sort(in_order.begin(), in_order.end(), [](const Message* a, const Message* b) { return a->key < b->key; });
    for (Message* message : in_order) {
      message->parent = NearestFolder(ParentPath(message->key));
      message->parent->messages.push_back(message);
      if (message->record_path.empty()) message->record_path = message->on[message->on[0] != nullptr ? 0 : 1]->path;
    }
  }

  bool OutboxIsEmpty() const {
    const std::u16string outbox = Key(kOutboxFolder);
    return std::none_of(messages_.begin(), messages_.end(), [&](const auto& entry) {
      return entry.second.on[Index(Side::kLocal)] != nullptr && ParentPath(entry.first) == outbox;
    });
  }

  // The record may know a message whose folders it does not know.
  Folder* NearestFolder(std::u16string_view key) {
    for (;;) {
      const auto place = folders_.find(std::u16string(key));
      if (place != folders_.end()) return &place->second;
      key = ParentPath(key);
    }
  }

  static bool IsUnreadable(const Folder& folder) {
    return std::any_of(std::begin(folder.on), std::end(folder.on),
                       [](const TreeFolder* listed) { return listed != nullptr && listed->unreadable; });
  }

  bool IsFileElsewhere(Folder* folder) {
    if (folder->on[0] == nullptr && folder->on[1] == nullptr) return false;
    const auto place = messages_.find(folder->key);
    if (place == messages_.end() || (place->second.on[0] == nullptr && place->second.on[1] == nullptr)) return false;
    place->second.left_alone = true;
    const Side side = folder->on[0] != nullptr ? Side::kServer : Side::kLocal;
    Report({kSyncCollision,
            Quoted(folder->path(side)) + u" is a folder in one place and a message in another; both are left alone"},
           folder->path(side));
    return true;
  }

  void ReportSpelling(Side side, const std::u16string& path) {
    Report({kSyncCollision, Quoted(path) + u", " + std::u16string(Named(side)) +
                                u", has a name that differs from another's in case alone; it is left alone"},
           std::u16string(ParentPath(path)));
  }

  // ---- what has happened to a message since the last run ----

  Change ChangeOf(Message* message, Side side) {
    Change& change = message->change[Index(side)];
    if (change != Change::kUnknown) return change;
    const MessageFile& file = *message->on[Index(side)];
    const FileStamp& stamp = message->recorded->stamp[Index(side)];
    const std::uint64_t recorded_hash = message->recorded->hash[Index(side)];
    if (file.stamp == stamp) return change = Change::kNone;
    if (file.stamp.size != stamp.size || recorded_hash == 0) return change = Change::kChanged;
    const std::optional<std::uint64_t> hash = input_.reader->Hash(side, file);
    if (!hash) return change = Change::kUnreadable;
    return change = *hash == recorded_hash ? Change::kTouched : Change::kChanged;
  }

  static bool IsSame(Change change) { return change == Change::kNone || change == Change::kTouched; }

  // ---- folders ----

  // Children first: what would go if a folder that was deleted on one side were deleted on the other?
  void JudgeRemovals() {
    for (std::size_t left = folders_in_order_.size(); left > 0; --left) {
      Folder* folder = folders_in_order_[left - 1];
      const bool on_one_side = (folder->on[0] == nullptr) != (folder->on[1] == nullptr);
      if (on_one_side && folder->recorded && !folder->blocked) {
        folder->removal = JudgeRemoval(folder, folder->on[0] != nullptr ? Side::kServer : Side::kLocal);
      }
    }
  }

  Removal JudgeRemoval(Folder* folder, Side side) {
    if (folder->needed || folder->on[Index(side)]->holds_foreign) return Removal::kHolds;
    Removal removal = Removal::kRemovable;
    for (const Folder* child : folder->children) {
      if (child->on[Index(side)] == nullptr) continue;
      if (child->blocked) return Removal::kUndecided;
      if (!child->recorded || child->removal == Removal::kHolds) {
        removal = Removal::kHolds;
      } else if (child->removal == Removal::kUndecided) {
        return Removal::kUndecided;
      }
    }
    for (Message* message : folder->messages) {
      if (message->on[Index(side)] == nullptr) continue;
      if (message->left_alone) return Removal::kUndecided;
      if (message->recorded == nullptr) {
        removal = Removal::kHolds;
        continue;
      }
      const Change change = ChangeOf(message, side);
      if (change == Change::kUnreadable) return Removal::kUndecided;
      if (!IsSame(change)) removal = Removal::kHolds;
    }
    return removal;
  }

  void PlanFolder(Folder* folder) {
    if (folder->parent != nullptr && !folder->decided) DecideFolder(folder);
    if (folder->blocked) return;
    for (Message* message : folder->messages) {
      if (!message->left_alone) DecideMessage(message);
    }
  }

  void DecideFolder(Folder* folder) {
    folder->decided = true;
    for (const Side side : kSides) folder->after[Index(side)] = folder->on[Index(side)] != nullptr;
    if (folder->blocked) return;
    const bool on_server = folder->on[0] != nullptr;
    const bool on_local = folder->on[1] != nullptr;
    if (on_server && on_local) {
      if (!folder->recorded) Record(RecordChange::Kind::kSetFolder, folder->path(Side::kServer));
      return;
    }
    if (folder->needed) {
      NeedSentFolder(folder);
      return;
    }
    if (!on_server && !on_local) {
      if (folder->recorded) Record(RecordChange::Kind::kForgetFolder, folder->record_path);
      return;
    }
    const Side here = on_server ? Side::kServer : Side::kLocal;
    const Side there = Other(here);
    const bool can_create = scope_.hierarchy[Index(here)] && folder->parent->after[Index(there)];
    if (!folder->recorded) {
      if (can_create) CreateFolder(folder, there, folder->path(here));
      return;
    }
    if (folder->removal == Removal::kRemovable && scope_.hierarchy[Index(there)]) {
      folder->deleted[Index(here)] = true;
      folder->after[Index(here)] = false;
      SyncStep step = Step(SyncStepKind::kDeleteFolder, here, folder->path(here));
      step.path = folder->path(here);
      step.record_path = folder->record_path;
      step.weight = 1;
      folder_deletions_.push_back(std::move(step));
    } else if (folder->removal == Removal::kHolds && (can_create || scope_.hierarchy[Index(there)])) {
      SyncProblem kept{kSyncClientChangeNewer, Quoted(folder->path(here)) + u" was deleted " +
                                                   std::u16string(Named(there)) +
                                                   u", but holds what the last run did not leave there: it is kept"};
      if (can_create) {
        CreateFolder(folder, there, folder->path(here))->problem = std::move(kept);
      } else {
        Report(std::move(kept), folder->path(here));
      }
    }
  }

  // Outgoing mail needs its folder on the server whatever else is in scope; locally, it follows the rules.
  void NeedSentFolder(Folder* folder) {
    const bool on_local = folder->on[Index(Side::kLocal)] != nullptr;
    const bool on_server = folder->on[Index(Side::kServer)] != nullptr;
    const std::u16string path = on_local    ? folder->path(Side::kLocal)
                                : on_server ? folder->path(Side::kServer)
                                            : std::u16string(kSentFolder);
    const bool create_local = !on_local && scope_.hierarchy[Index(Side::kServer)];
    if (!on_server) CreateFolder(folder, Side::kServer, path)->on_both = on_local;
    if (create_local) CreateFolder(folder, Side::kLocal, path);
  }

  SyncStep* CreateFolder(Folder* folder, Side side, const std::u16string& path) {
    folder->after[Index(side)] = true;
    SyncStep step = Step(SyncStepKind::kCreateFolder, side, path);
    step.path = path;
    step.record_path = folder->recorded ? folder->record_path : path;
    step.on_both = true;
    step.weight = 1;
    steps_.push_back(std::move(step));
    return &steps_.back();
  }

  // ---- messages ----

  void DecideMessage(Message* message) {
    const bool on_server = message->on[0] != nullptr;
    const bool on_local = message->on[1] != nullptr;
    if (!on_server && !on_local) {
      Record(RecordChange::Kind::kForgetMessage, message->record_path);
    } else if (on_server && on_local) {
      if (scope_.AnyContents()) DecideOnBoth(message);
    } else {
      DecideOnOne(message, on_server ? Side::kServer : Side::kLocal);
    }
  }

  void DecideOnOne(Message* message, Side here) {
    const Side there = Other(here);
    const bool can_copy = scope_.contents[Index(here)] && message->parent->after[Index(there)];
    if (message->recorded == nullptr) {
      if (can_copy) Copy(message, here);
      return;
    }
    if (message->parent->deleted[Index(here)]) {  // it goes with its folder: the folder was judged by it
      Delete(message, here);
      return;
    }
    if (!scope_.AnyContents()) return;
    const Change change = ChangeOf(message, here);
    if (change == Change::kUnreadable) return;
    if (IsSame(change)) {
      if (scope_.contents[Index(there)]) Delete(message, here);
      return;
    }
    SyncProblem kept{kSyncClientChangeNewer, Quoted(message->on[Index(here)]->path) + u" was deleted " +
                                                 std::u16string(Named(there)) + u", but changed " +
                                                 std::u16string(Named(here)) + u": it is kept"};
    if (can_copy && here == Side::kLocal && message->recorded->headers_only) {
      KeepBoth(message);
    } else if (can_copy) {
      Copy(message, here)->problem = std::move(kept);
    } else if (scope_.contents[Index(there)]) {
      Report(std::move(kept), FolderOf(message, here));
    }
  }

  void DecideOnBoth(Message* message) {
    if (message->recorded == nullptr) {
      Compare(message);
      return;
    }
    const Change server = ChangeOf(message, Side::kServer);
    const Change local = ChangeOf(message, Side::kLocal);
    if (server == Change::kUnreadable || local == Change::kUnreadable) return;
    const bool headers_only = message->recorded->headers_only;
    if (IsSame(server) && IsSame(local)) {
      if (headers_only && scope_.contents[Index(Side::kServer)] && !scope_.headers_only) {
        Copy(message, Side::kServer);
      } else if (server == Change::kTouched || local == Change::kTouched) {
        RecordedMessage refreshed = *message->recorded;
        for (const Side side : kSides) refreshed.stamp[Index(side)] = message->on[Index(side)]->stamp;
        Record(RecordChange::Kind::kSetMessage, message->record_path, refreshed);
      }
    } else if (IsSame(local)) {
      if (scope_.contents[Index(Side::kServer)]) Copy(message, Side::kServer);
    } else if (IsSame(server) && !headers_only) {
      if (scope_.contents[Index(Side::kLocal)]) Copy(message, Side::kLocal);
    } else {
      Compare(message);
    }
  }

  // Nothing is known of how the two came about: their contents decide. A run that was killed between a copy and its
  // note in the journal ends up here as well, with equal contents, or with the header block that it had put there.
  void Compare(Message* message) {
    const MessageFile& server = *message->on[Index(Side::kServer)];
    const MessageFile& local = *message->on[Index(Side::kLocal)];
    const MessageReader::Comparison comparison = input_.reader->Compare(server, local);
    RecordedMessage found;
    found.stamp[Index(Side::kServer)] = server.stamp;
    found.stamp[Index(Side::kLocal)] = local.stamp;
    found.hash[Index(Side::kLocal)] = comparison.local_hash;
    switch (comparison.relation) {
      case MessageReader::Relation::kUnreadable:
        return;
      case MessageReader::Relation::kEqual:
        found.hash[Index(Side::kServer)] = comparison.local_hash;
        Record(RecordChange::Kind::kSetMessage, message->record_path, found);
        return;
      case MessageReader::Relation::kLocalIsHeaderBlock:
        if (scope_.contents[Index(Side::kServer)] && !scope_.headers_only) {
          Copy(message, Side::kServer);
        } else {
          found.headers_only = true;
          Record(RecordChange::Kind::kSetMessage, message->record_path, found);
        }
        return;
      case MessageReader::Relation::kDifferent:
        KeepBoth(message);
        return;
    }
  }

  // From `here` to the other side.
  SyncStep* Copy(Message* message, Side here) {
    const Side there = Other(here);
    const MessageFile* source = message->on[Index(here)];
    const MessageFile* target = message->on[Index(there)];
    SyncStep step = Step(SyncStepKind::kCopyMessage, there, FolderOf(message, here));
    step.path = source->path;
    step.to_path = target != nullptr ? target->path : source->path;
    step.record_path = message->record_path;
    if (target != nullptr) step.replaces = target->stamp;
    step.headers_only = here == Side::kServer && scope_.headers_only;
    step.server_stamp = source->stamp;
    step.weight = WeightOfCopy(*source, step.headers_only);
    steps_.push_back(std::move(step));
    return &steps_.back();
  }

  void Delete(Message* message, Side side) {
    SyncStep step = Step(SyncStepKind::kDeleteMessage, side, FolderOf(message, side));
    step.path = message->on[Index(side)]->path;
    step.stamp = message->on[Index(side)]->stamp;
    step.record_path = message->record_path;
    step.weight = 1;
    message_deletions_.push_back(std::move(step));
  }

  // The local version makes way. The server's keeps the name, so that every client comes to the same names.
  void KeepBoth(Message* message) {
    const MessageFile* server = message->on[Index(Side::kServer)];
    const MessageFile& local = *message->on[Index(Side::kLocal)];
    SyncStep step = Step(SyncStepKind::kKeepBoth, Side::kLocal, FolderOf(message, Side::kLocal));
    step.path = local.path;
    step.stamp = local.stamp;
    step.to_path = FreePath(ParentPath(local.path), LastName(local.path), u"conflict");
    step.record_path = message->record_path;
    step.recorded = message->recorded != nullptr;
    step.upload = scope_.contents[Index(Side::kLocal)];
    step.headers_only = scope_.headers_only;
    step.weight = 1 + (step.upload ? WeightOfCopy(local, false) : 0);
    std::u16string what = u" was deleted on the server, but changed locally";
    if (server != nullptr) {
      step.download = scope_.contents[Index(Side::kServer)];
      step.server_path = server->path;
      step.server_stamp = server->stamp;
      if (step.download) step.weight += WeightOfCopy(*server, scope_.headers_only);
      what = message->recorded == nullptr ? u" is different on the two sides"
             : message->recorded->headers_only && IsSame(ChangeOf(message, Side::kServer))
                 ? u" was changed locally, where only its header is"
                 : u" was changed on both sides";
      what += u": both versions are kept";
    }
    step.problem = SyncProblem{kSyncClientChangeNewer,
                               Quoted(local.path) + what + u", the local one as " + Quoted(LastName(step.to_path))};
    steps_.push_back(std::move(step));
  }

  // A name that is free on both sides, and taken from then on: "a (conflict).eml", "a (conflict 2).eml", ...
  std::u16string FreePath(std::u16string_view folder, std::u16string_view name, std::u16string_view word) {
    for (unsigned number = word.empty() ? 2 : 1;; ++number) {
      std::u16string suffix = u" (";
      suffix += word;
      if (number > 1) suffix += (word.empty() ? u"" : u" ") + Decimal(number);
      suffix += u')';
      std::u16string path = JoinPath(folder, WithSuffix(name, suffix));
      const std::u16string key = Key(path);
      const auto message = messages_.find(key);
      const bool taken =
          (message != messages_.end() && (message->second.on[0] != nullptr || message->second.on[1] != nullptr)) ||
          folders_.contains(key);
      if (!taken && reserved_.insert(key).second) return path;
    }
  }

  // ---- outgoing mail ----

  void PlanOutgoing() {
    const auto outbox = folders_.find(Key(kOutboxFolder));
    const auto sent = folders_.find(Key(kSentFolder));
    if (outbox == folders_.end() || sent == folders_.end() || !sent->second.needed) return;
    if (outbox->second.blocked || sent->second.blocked) {
      sent->second.needed = false;
      return;
    }
    DecideFolder(&sent->second);  // its step comes before those that move into it
    for (Message* message : outbox->second.messages) {
      if (message->on[Index(Side::kLocal)] == nullptr || message->left_alone) continue;
      // A header block alone is not the message: it came from the server, which has it.
      if (message->recorded != nullptr && message->recorded->headers_only) continue;
      MoveOutgoing(message, sent->second);
    }
  }

  void MoveOutgoing(Message* message, const Folder& sent) {
    const MessageFile& local = *message->on[Index(Side::kLocal)];
    SyncStep step = Step(SyncStepKind::kMoveOutgoing, Side::kServer, FolderOf(message, Side::kLocal));
    step.path = local.path;
    step.stamp = local.stamp;
    step.upload = true;
    step.record_path = message->record_path;
    const Side any = sent.on[0] != nullptr ? Side::kServer : Side::kLocal;
    const std::u16string folder(sent.on[Index(any)] != nullptr ? sent.path(any) : kSentFolder);
    const std::u16string_view name = LastName(local.path);
    step.to_path = JoinPath(folder, name);
    step.keep = scope_.contents[Index(Side::kServer)] && sent.after[Index(Side::kLocal)];
    const std::u16string key = Key(step.to_path);
    const auto target = messages_.find(key);
    const bool known =
        target != messages_.end() && (target->second.on[0] != nullptr || target->second.on[1] != nullptr);
    if (known && IsSentAlready(target->second, local, &step)) {
      step.upload = false;
      step.keep = step.keep && target->second.on[Index(Side::kLocal)] == nullptr;
      target->second.left_alone = true;
    } else if (known || folders_.contains(key) || !reserved_.insert(key).second) {
      step.to_path = FreePath(folder, name, u"");
    }
    const MessageFile* server = message->on[Index(Side::kServer)];
    bool server_copy_stays = server != nullptr;
    const std::optional<RecordedMessage> copy = server != nullptr ? CopyInServersOutbox(message) : std::nullopt;
    if (copy) {
      // Its local counterpart goes away now; so that it is not taken for a new message, and sent again, the record has
      // it.
      if (message->recorded == nullptr) Record(RecordChange::Kind::kSetMessage, message->record_path, *copy);
      if (scope_.contents[Index(Side::kLocal)]) {
        step.server_path = server->path;
        step.server_stamp = server->stamp;
        server_copy_stays = false;
      }
    }
    step.recorded = !server_copy_stays && (message->recorded != nullptr || server != nullptr);
    step.weight = 1 + (step.upload ? WeightOfCopy(local, false) : 0);
    message->left_alone = true;
    steps_.push_back(std::move(step));
  }

  // Did a run that was killed copy it to the server already? Copies keep their modification time.
  bool IsSentAlready(const Message& target, const MessageFile& local, SyncStep* step) {
    const MessageFile* server = target.on[Index(Side::kServer)];
    if (target.left_alone || server == nullptr || server->stamp != local.stamp) return false;
    const MessageReader::Comparison comparison = input_.reader->Compare(*server, local);
    if (comparison.relation != MessageReader::Relation::kEqual) return false;
    step->sent_stamp = server->stamp;
    step->hash = comparison.local_hash;
    return true;
  }

  // Without a value: what the server's Outbox has under that name is another message than the one that goes.
  std::optional<RecordedMessage> CopyInServersOutbox(Message* message) {
    if (message->recorded != nullptr) {
      return IsSame(ChangeOf(message, Side::kServer)) ? std::optional(*message->recorded) : std::nullopt;
    }
    const MessageReader::Comparison comparison =
        input_.reader->Compare(*message->on[Index(Side::kServer)], *message->on[Index(Side::kLocal)]);
    if (comparison.relation != MessageReader::Relation::kEqual) return std::nullopt;
    RecordedMessage both;
    for (const Side side : kSides) {
      both.stamp[Index(side)] = message->on[Index(side)]->stamp;
      both.hash[Index(side)] = comparison.local_hash;
    }
    return both;
  }

  // ---- the list ----

  static std::uint64_t WeightOfCopy(const MessageFile& source, bool headers_only) {
    return 1 + (headers_only ? 0 : source.stamp.size / kBytesPerWeight);
  }

  static std::u16string FolderOf(const Message* message, Side side) {
    return std::u16string(ParentPath(message->on[Index(side)]->path));
  }

  static SyncStep Step(SyncStepKind kind, Side side, std::u16string folder) {
    SyncStep step;
    step.kind = kind;
    step.side = side;
    step.folder = std::move(folder);
    return step;
  }

  void Record(RecordChange::Kind kind, const std::u16string& path, const RecordedMessage& message = {}) {
    if (notes_.changes.empty()) notes_.kind = SyncStepKind::kRecord;
    notes_.changes.push_back({kind, path, message});
  }

  void Report(SyncProblem problem, std::u16string folder) {
    SyncStep step = Step(SyncStepKind::kReport, Side::kLocal, std::move(folder));
    step.problem = std::move(problem);
    reports_.push_back(std::move(step));
  }

  // What is new goes before what is deleted: a message that was moved from one folder to another is at no moment
  // without a copy on the side that follows. Folders are deleted last, the innermost first.
  SyncPlan Finish() {
    SyncPlan plan;
    const auto append = [&plan](auto begin, auto end) {
      plan.steps.insert(plan.steps.end(), std::make_move_iterator(begin), std::make_move_iterator(end));
    };
    if (!notes_.changes.empty()) plan.steps.push_back(std::move(notes_));
    append(reports_.begin(), reports_.end());
    append(steps_.begin(), steps_.end());
    append(message_deletions_.begin(), message_deletions_.end());
    append(folder_deletions_.rbegin(), folder_deletions_.rend());
    for (const SyncStep& step : plan.steps) plan.weight += step.weight;
    return plan;
  }

  const SyncInput& input_;
  const SyncScope& scope_;
  std::unordered_map<std::u16string, Folder> folders_;    // by key
  std::unordered_map<std::u16string, Message> messages_;  // by key
  std::vector<Folder*> folders_in_order_;                 // parents first
  std::unordered_set<std::u16string> hidden_[2];          // folders that lost their place; by path
  std::unordered_set<std::u16string> reserved_;           // names that this plan gives; by key
  std::deque<RecordedMessage> brought_;                   // what killed runs had brought; Message::recorded points here
  SyncStep notes_;
  std::vector<SyncStep> reports_;
  std::vector<SyncStep> steps_;
  std::vector<SyncStep> message_deletions_;
  std::vector<SyncStep> folder_deletions_;
};

}  // namespace

SyncPlan PlanSync(const SyncInput& input) { return Planner(input).Plan(); }

}  // namespace mapisync::sample
