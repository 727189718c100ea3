// The mailbox's planner and executor on two trees in memory: each rule by itself, then random histories of edits, runs
// of every scope, and runs that are killed at any moment, against what must hold whatever happens: nothing is lost,
// nothing is halved, nothing out of scope is touched, and a full run makes the trees equal.

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "check.h"
#include "sample/mailbox/eml_header.h"
#include "sample/mailbox/sync_executor.h"
#include "sample/mailbox/sync_planner.h"
#include "sample/mailbox/sync_record.h"

namespace {

using namespace mapisync::sample;  // NOLINT(google-build-using-namespace): a test of this namespace

constexpr Side kServer = Side::kServer;
constexpr Side kLocal = Side::kLocal;

std::u16string Fold(std::u16string_view path) {
  std::u16string folded(path);
  for (char16_t& unit : folded) {
    if (unit >= u'a' && unit <= u'z') unit = static_cast<char16_t>(unit - u'a' + u'A');
  }
  return folded;
}

std::size_t HeaderLength(const std::string& bytes) {
  EmlHeaderScanner scanner;
  return scanner.Feed({bytes.data(), bytes.size()});
}

std::string HeaderOf(const std::string& bytes) { return bytes.substr(0, HeaderLength(bytes)); }

std::uint64_t HashOf(const std::string& bytes) {
  ContentHash hash;
  hash.Feed(bytes.data(), bytes.size());
  return hash.value();
}

struct File {
  std::u16string path;
  std::string bytes;
  std::uint64_t modified = 0;
  FileStamp stamp() const { return {bytes.size(), modified}; }
};

// A case-insensitive tree; keys are folded paths.
struct Tree {
  std::map<std::u16string, std::u16string> folders;
  std::map<std::u16string, File> files;
  std::set<std::u16string> foreign;     // folders (as keys) that hold something else
  std::set<std::u16string> unreadable;  // folders that cannot be listed, messages that cannot be read, as keys
  std::set<std::u16string> unwritable;  // paths, as keys, where nothing can be written, deleted or created

  bool HasFolder(std::u16string_view path) const { return path.empty() || folders.contains(Fold(path)); }
  const File* Find(std::u16string_view path) const {
    const auto place = files.find(Fold(path));
    return place == files.end() ? nullptr : &place->second;
  }
  std::multiset<std::string> Contents() const {
    std::multiset<std::string> contents;
    for (const auto& [key, file] : files) contents.insert(file.bytes);
    return contents;
  }
};

// What both have to agree in: names and bytes.
std::map<std::u16string, std::string> Image(const Tree& tree) {
  std::map<std::u16string, std::string> image;
  for (const auto& [key, path] : tree.folders) image[key + u'/'] = "";
  for (const auto& [key, file] : tree.files) image[key] = file.bytes;
  return image;
}

struct Killed {};

struct Problem {
  std::uint32_t result;
  std::u16string text;
};

SyncScope Full() { return {{true, true}, {true, true}, false, false}; }
SyncScope Download() { return {{true, false}, {true, false}, false, false}; }
SyncScope Upload() { return {{false, true}, {false, true}, false, false}; }
SyncScope Headers() {
  SyncScope scope = Full();
  scope.headers_only = true;
  return scope;
}
SyncScope Only(bool hierarchy, bool contents, Side from) {
  SyncScope scope;
  scope.hierarchy[Index(from)] = hierarchy;
  scope.contents[Index(from)] = contents;
  return scope;
}

// A mailbox in memory: trees, record and journal as they would lie on disk, and what the last run reported.
class Mailbox final : MailboxTrees, MessageReader, SyncJournal, SyncListener {
 public:
  Tree tree[2];
  std::string record_file = SyncRecord().Write();
  std::string journal_file;
  std::vector<Problem> problems;
  std::vector<SyncStepKind> done;  // the plan's steps but for those that only record or report
  std::vector<std::u16string> progress;
  std::size_t kill_at = 0;       // at which moment the process ends; 0: never
  std::size_t cancel_after = 0;  // progress calls
  std::size_t moments = 0;
  std::size_t reads = 0;  // messages read for comparing

  Tree& server() { return tree[0]; }
  Tree& local() { return tree[1]; }

  void Put(Side side, const std::u16string& path, const std::string& bytes) {
    Tree& at = tree[Index(side)];
    MakeFolder(side, std::u16string(ParentPath(path)));
    File& file = at.files[Fold(path)];
    if (file.path.empty()) file.path = path;
    file.bytes = bytes;
    file.modified = ++clock_;
  }
  void PutBoth(const std::u16string& path, const std::string& bytes) {
    Put(kServer, path, bytes);
    Put(kLocal, path, bytes);
  }
  void Touch(Side side, const std::u16string& path) { tree[Index(side)].files.at(Fold(path)).modified = ++clock_; }
  void MakeFolder(Side side, const std::u16string& path) {
    if (path.empty() || tree[Index(side)].HasFolder(path)) return;
    MakeFolder(side, std::u16string(ParentPath(path)));
    tree[Index(side)].folders[Fold(path)] = path;
  }
  void Remove(Side side, const std::u16string& path) { CHECK(tree[Index(side)].files.erase(Fold(path)) == 1); }
  void RemoveFolder(Side side, const std::u16string& path) {
    const std::u16string key = Fold(path);
    const auto within = [&key](const std::u16string& other) { return other == key || other.starts_with(key + u'/'); };
    std::erase_if(tree[Index(side)].folders, [&](const auto& entry) { return within(entry.first); });
    std::erase_if(tree[Index(side)].files, [&](const auto& entry) { return within(entry.first); });
  }

  // Throws Killed where the process ends.
  SyncOutcome Run(const SyncScope& scope) {
    problems.clear();
    done.clear();
    progress.clear();
    moments = 0;
    reads = 0;
    last_index_ = 0;
    record_ = SyncRecord();
    record_.Read(record_file);
    record_.ReadJournal(journal_file);
    Save();
    journal_file = SyncRecord::kJournalHeader;
    const TreeListing listings[2] = {List(kServer), List(kLocal)};
    SyncInput input;
    input.trees[0] = &listings[0];
    input.trees[1] = &listings[1];
    input.record = &record_;
    input.scope = scope;
    input.fold = &Fold;
    input.reader = this;
    const SyncPlan plan = PlanSync(input);
    std::uint64_t weight = 0;
    for (const SyncStep& step : plan.steps) {
      weight += step.weight;
      if (step.kind != SyncStepKind::kRecord && step.kind != SyncStepKind::kReport) done.push_back(step.kind);
    }
    CHECK(weight == plan.weight);
    const SyncOutcome outcome = DoSteps(plan, {this, this, this});
    if (outcome != SyncOutcome::kCancelled) CHECK(last_index_ == kProgressMax);
    Save();
    journal_file.clear();
    return outcome;
  }

  // A run that must go through without a problem.
  void RunWell(const SyncScope& scope) {
    const SyncOutcome outcome = Run(scope);
    CHECK_SAY(outcome == SyncOutcome::kDone && problems.empty(), Shown());
  }
  // A run that must end well with one warning.
  void RunWithWarning(const SyncScope& scope) {
    const SyncOutcome outcome = Run(scope);
    CHECK_SAY(outcome == SyncOutcome::kDone && problems.size() == 1 && problems[0].result == kSyncClientChangeNewer,
              Shown());
  }

  bool Same() const { return Image(tree[0]) == Image(tree[1]); }
  std::string Shown() const {
    std::string text;
    for (const Problem& problem : problems) text += std::string(problem.text.begin(), problem.text.end()) + "; ";
    for (std::size_t side = 0; side < 2; ++side) {
      text += side == 0 ? "server:" : " local:";
      for (const auto& [name, bytes] : Image(tree[side]))
        text += " [" + std::string(name.begin(), name.end()) + "]=" + std::to_string(HashOf(bytes) % 1000);
    }
    return text;
  }

 private:
  void Moment() {
    if (++moments == kill_at) throw Killed();
  }

  void Save() {
    Moment();
    record_file = record_.Write();
    Moment();
  }

  TreeListing List(Side side) {
    TreeListing listing;
    const Tree& at = tree[Index(side)];
    const auto hidden = [&at](std::u16string_view path) {
      for (path = ParentPath(path); !path.empty(); path = ParentPath(path)) {
        if (at.unreadable.contains(Fold(path))) return true;
      }
      return false;
    };
    for (const auto& [key, path] : at.folders) {
      if (!hidden(path)) listing.folders.push_back({path, at.foreign.contains(key), at.unreadable.contains(key)});
    }
    for (const auto& [key, file] : at.files) {
      if (!hidden(file.path)) listing.messages.push_back({file.path, file.stamp()});
    }
    return listing;
  }

  static Failure Failed(std::u16string_view path) { return SyncProblem{0x80070005, std::u16string(path)}; }
  bool Unwritable(Side side, std::u16string_view path) const {
    return tree[Index(side)].unwritable.contains(Fold(path));
  }

  // MailboxTrees
  Failure CreateFolder(Side side, const std::u16string& path) override {
    Moment();
    Tree& at = tree[Index(side)];
    CHECK(at.HasFolder(ParentPath(path)));
    if (Unwritable(side, path)) return Failed(path);
    CHECK(at.folders.try_emplace(Fold(path), path).second);
    Moment();
    return std::nullopt;
  }
  Failure DeleteFolder(Side side, const std::u16string& path) override {
    Moment();
    Tree& at = tree[Index(side)];
    const std::u16string key = Fold(path);
    const auto within = [&](const auto& entry) { return entry.first.starts_with(key + u'/'); };
    CHECK(std::none_of(at.files.begin(), at.files.end(), within));
    CHECK(std::none_of(at.folders.begin(), at.folders.end(), within));
    CHECK(!at.foreign.contains(key));
    if (Unwritable(side, path)) return Failed(path);
    CHECK(at.folders.erase(key) == 1);
    Moment();
    return std::nullopt;
  }
  Failure CopyMessage(const CopyRequest& request, CopyWatcher* watcher, CopyReceipt* receipt) override {
    Moment();
    const Side to = Other(request.from);
    const File* source = tree[Index(request.from)].Find(request.from_path);
    CHECK(source != nullptr);
    if (tree[Index(request.from)].unreadable.contains(Fold(request.from_path))) return Failed(request.from_path);
    CHECK(tree[Index(to)].HasFolder(ParentPath(request.to_path)));
    if (Unwritable(to, request.to_path)) return Failed(request.to_path);
    const File* target = tree[Index(to)].Find(request.to_path);
    CHECK((target != nullptr) == request.replaces.has_value());
    if (target != nullptr) CHECK(target->stamp() == *request.replaces);
    if (!watcher->OnBytes(source->bytes.size() / 2)) return SyncProblem{kSyncUserCancel, u""};
    const std::string bytes = request.headers_only ? HeaderOf(source->bytes) : source->bytes;
    receipt->whole = bytes.size() == source->bytes.size();
    receipt->source = source->stamp();
    receipt->copy = {bytes.size(), source->modified};
    receipt->source_hash = receipt->whole ? HashOf(bytes) : 0;
    receipt->copy_hash = HashOf(bytes);
    tree[Index(to)].files[Fold(request.to_path)] = {target != nullptr ? target->path : request.to_path, bytes,
                                                    source->modified};
    Moment();
    return std::nullopt;
  }
  Failure RenameMessage(Side side, const MessageFile& from, const std::u16string& to) override {
    Moment();
    Tree& at = tree[Index(side)];
    const auto place = at.files.find(Fold(from.path));
    CHECK(place != at.files.end() && place->second.stamp() == from.stamp);
    CHECK(at.Find(to) == nullptr && at.HasFolder(ParentPath(to)));
    if (Unwritable(side, from.path)) return Failed(from.path);
    File file = place->second;
    at.files.erase(place);
    file.path = to;
    at.files[Fold(to)] = file;
    Moment();
    return std::nullopt;
  }
  Failure DeleteMessage(Side side, const MessageFile& message) override {
    Moment();
    Tree& at = tree[Index(side)];
    const auto place = at.files.find(Fold(message.path));
    CHECK(place != at.files.end() && place->second.stamp() == message.stamp);
    if (Unwritable(side, message.path)) return Failed(message.path);
    at.files.erase(place);
    Moment();
    return std::nullopt;
  }

  // MessageReader
  const std::string* Read(Side side, const MessageFile& message) {
    ++reads;
    if (tree[Index(side)].unreadable.contains(Fold(message.path))) {
      OnProblem({0x80070020, message.path});
      return nullptr;
    }
    return &tree[Index(side)].Find(message.path)->bytes;
  }
  Comparison Compare(const MessageFile& server, const MessageFile& local) override {
    const std::string* server_bytes = Read(kServer, server);
    const std::string* local_bytes = Read(kLocal, local);
    if (server_bytes == nullptr || local_bytes == nullptr) return {};
    if (*server_bytes == *local_bytes) return {Relation::kEqual, HashOf(*local_bytes)};
    EmlHeaderScanner scanner;
    const std::size_t length = scanner.Feed({server_bytes->data(), server_bytes->size()});
    if (scanner.complete() && *local_bytes == server_bytes->substr(0, length)) {
      return {Relation::kLocalIsHeaderBlock, HashOf(*local_bytes)};
    }
    return {Relation::kDifferent, 0};
  }
  std::optional<std::uint64_t> Hash(Side side, const MessageFile& message) override {
    const std::string* bytes = Read(side, message);
    return bytes == nullptr ? std::nullopt : std::optional(HashOf(*bytes));
  }

  // SyncJournal
  void Note(std::span<const RecordChange> changes) override {
    for (const RecordChange& change : changes) {
      Moment();
      record_.Apply(change);
      const std::string line = SyncRecord::JournalLine(change);
      journal_file += line.substr(0, line.size() / 2);
      Moment();
      journal_file += line.substr(line.size() / 2);
    }
    Moment();
  }

  // SyncListener
  bool OnProgress(std::u16string_view folder, std::uint32_t index) override {
    CHECK(index >= last_index_ && index <= kProgressMax);
    last_index_ = index;
    progress.emplace_back(folder);
    return cancel_after == 0 || progress.size() < cancel_after;
  }
  bool OnProblem(const SyncProblem& problem) override {
    CHECK(!problem.text.empty());
    problems.push_back({problem.result, problem.text});
    return true;
  }

  SyncRecord record_;
  std::uint64_t clock_ = 1000;
  std::uint32_t last_index_ = 0;
};

std::string Mail(const std::string& word) { return "Subject: " + word + "\r\n\r\nThis is " + word + ".\r\n"; }

// ---- created, changed, deleted, by direction and kind ----

CASE("a first full run copies everything both ways and never copies what is equal") {
  Mailbox box;
  box.Put(kServer, u"Inbox/a.eml", Mail("a"));
  box.Put(kLocal, u"Drafts/2026/b.eml", Mail("b"));
  box.PutBoth(u"same.eml", Mail("same"));
  box.MakeFolder(kServer, u"Empty");
  box.RunWell(Full());
  CHECK(box.Same());
  CHECK(std::count(box.done.begin(), box.done.end(), SyncStepKind::kCopyMessage) == 2);
  CHECK(std::count(box.done.begin(), box.done.end(), SyncStepKind::kCreateFolder) == 4);
  box.RunWell(Full());
  CHECK(box.done.empty() && box.reads == 0);
}

CASE("changes and deletions since the last run reach the other side, both ways") {
  for (const Side side : {kServer, kLocal}) {
    Mailbox box;
    box.PutBoth(u"Inbox/changed.eml", Mail("old"));
    box.PutBoth(u"Inbox/deleted.eml", Mail("gone"));
    box.PutBoth(u"Old/x.eml", Mail("x"));
    box.PutBoth(u"Old/Deep/y.eml", Mail("y"));
    box.RunWell(Full());
    box.Put(side, u"Inbox/changed.eml", Mail("new"));
    box.Remove(side, u"Inbox/deleted.eml");
    box.RemoveFolder(side, u"Old");
    box.Put(side, u"New/z.eml", Mail("z"));
    const auto wanted = Image(box.tree[Index(side)]);
    // The other direction does nothing about it.
    const auto before = Image(box.tree[Index(Other(side))]);
    box.RunWell(side == kServer ? Upload() : Download());
    CHECK(Image(box.tree[Index(side)]) == wanted && Image(box.tree[Index(Other(side))]) == before);
    box.RunWell(side == kServer ? Download() : Upload());
    CHECK(box.Same() && Image(box.tree[Index(side)]) == wanted);
  }
}

CASE("the hierarchy flags bring folders alone, the contents flags messages alone") {
  for (const Side side : {kServer, kLocal}) {
    Mailbox box;
    box.PutBoth(u"Inbox/a.eml", Mail("a"));
    box.RunWell(Full());
    box.Put(side, u"Inbox/b.eml", Mail("b"));
    box.Put(side, u"New/c.eml", Mail("c"));
    Tree& other = box.tree[Index(Other(side))];
    box.RunWell(Only(true, false, side));
    CHECK(other.HasFolder(u"New") && other.files.size() == 1);
    box.Put(side, u"Newer/d.eml", Mail("d"));
    box.RunWell(Only(false, true, side));
    CHECK(!other.HasFolder(u"Newer") && other.files.size() == 3);
    box.RunWell(Only(true, true, side));
    CHECK(box.Same() && other.files.size() == 4);
  }
}

CASE("a folder's deletion takes its messages with it, in a run of the hierarchy alone, too") {
  Mailbox box;
  box.PutBoth(u"Old/a.eml", Mail("a"));
  box.PutBoth(u"Old/Deep/b.eml", Mail("b"));
  box.RunWell(Full());
  box.RemoveFolder(kServer, u"Old");
  box.RunWell(Only(true, false, kServer));
  CHECK(box.Same() && box.local().folders.empty());
}

CASE("in a run of the contents alone, a deleted folder's messages go and the folder stays") {
  Mailbox box;
  box.PutBoth(u"Old/a.eml", Mail("a"));
  box.RunWell(Full());
  box.RemoveFolder(kLocal, u"Old");
  box.RunWell(Only(false, true, kLocal));
  CHECK(box.server().files.empty() && box.server().HasFolder(u"Old"));
  box.RunWell(Full());
  CHECK(box.Same() && box.server().folders.empty());
}

CASE("without a direction nothing is done") {
  Mailbox box;
  box.Put(kServer, u"Inbox/a.eml", Mail("a"));
  CHECK(SyncScope().Nothing());
  box.RunWell(SyncScope());
  CHECK(box.local().files.empty() && box.done.empty());
}

// ---- both sides ----

CASE("changed on both sides: both versions are kept, with one warning") {
  Mailbox box;
  box.PutBoth(u"Inbox/a.eml", Mail("base"));
  box.RunWell(Full());
  box.Put(kServer, u"Inbox/a.eml", Mail("theirs"));
  box.Put(kLocal, u"Inbox/a.eml", Mail("ours"));
  box.RunWithWarning(Full());
  CHECK(box.Same());
  CHECK(box.local().Find(u"Inbox/a.eml")->bytes == Mail("theirs"));
  CHECK(box.local().Find(u"Inbox/a (conflict).eml")->bytes == Mail("ours"));
  box.RunWell(Full());
  CHECK(box.done.empty());
}

CASE("a second conflict finds a name of its own") {
  Mailbox box;
  box.Put(kServer, u"a.eml", Mail("1"));
  box.Put(kLocal, u"a.eml", Mail("2"));
  box.Put(kServer, u"A (CONFLICT).eml", Mail("3"));
  box.RunWithWarning(Full());
  CHECK(box.Same() && box.local().Find(u"a (conflict 2).eml")->bytes == Mail("2"));
}

CASE("a conflict in one direction keeps both versions as well") {
  Mailbox box;
  box.Put(kServer, u"a.eml", Mail("theirs"));
  box.Put(kLocal, u"a.eml", Mail("ours"));
  Mailbox up = box;
  box.RunWithWarning(Download());
  CHECK(box.server().files.size() == 1 && box.local().files.size() == 2);
  CHECK(box.local().Find(u"a.eml")->bytes == Mail("theirs"));
  box.RunWell(Full());
  CHECK(box.Same() && box.server().files.size() == 2);
  up.RunWithWarning(Upload());
  CHECK(up.server().files.size() == 2 && up.local().files.size() == 1);
  up.RunWell(Full());
  CHECK(up.Same() && up.Same() == box.Same() && Image(up.server()) == Image(box.server()));
}

CASE("conflict names stay within what a file system takes") {
  Mailbox box;
  const std::u16string name = std::u16string(249, u'n') + u"\U0001F4E7.eml";
  box.Put(kServer, name, Mail("1"));
  box.Put(kLocal, name, Mail("2"));
  box.RunWithWarning(Full());
  CHECK(box.Same() && box.local().files.size() == 2);
  for (const auto& [key, file] : box.local().files) {
    CHECK(file.path.size() <= 255 && file.path.ends_with(u".eml"));
  }
}

CASE("the same change on both sides is no conflict") {
  Mailbox box;
  box.PutBoth(u"a.eml", Mail("base"));
  box.RunWell(Full());
  box.PutBoth(u"a.eml", Mail("next"));
  box.RunWell(Full());
  CHECK(box.done.empty() && box.reads > 0);
  box.Remove(kServer, u"a.eml");
  box.RunWell(Full());
  CHECK(box.Same() && box.local().files.empty());
}

CASE("a file that was only touched is not copied, and not read again") {
  Mailbox box;
  box.PutBoth(u"a.eml", Mail("base"));
  box.RunWell(Full());
  box.Touch(kLocal, u"a.eml");
  box.Touch(kServer, u"a.eml");
  box.RunWell(Full());
  CHECK(box.done.empty() && box.reads == 2);
  box.RunWell(Full());
  CHECK(box.reads == 0);
}

CASE("deleted on one side, changed on the other: the change is kept, with a warning") {
  for (const Side side : {kServer, kLocal}) {
    Mailbox box;
    box.PutBoth(u"Inbox/a.eml", Mail("base"));
    box.RunWell(Full());
    box.Remove(side, u"Inbox/a.eml");
    box.Put(Other(side), u"Inbox/a.eml", Mail("edited"));
    Mailbox one_way = box;
    box.RunWithWarning(Full());
    CHECK(box.Same() && box.local().Find(u"Inbox/a.eml")->bytes == Mail("edited"));
    one_way.RunWithWarning(Only(true, true, side));  // the deletion's own direction must not delete it
    CHECK(one_way.tree[Index(Other(side))].files.size() == 1);
    one_way.RunWithWarning(Full());
    CHECK(one_way.Same() && one_way.server().files.size() == 1);
  }
}

CASE("a deleted folder that holds something new on the other side is kept") {
  for (const Side side : {kServer, kLocal}) {
    Mailbox box;
    box.PutBoth(u"F/a.eml", Mail("a"));
    box.PutBoth(u"F/Sub/b.eml", Mail("b"));
    box.RunWell(Full());
    box.RemoveFolder(side, u"F");
    box.Put(Other(side), u"F/Sub/new.eml", Mail("new"));
    Mailbox hierarchy = box;
    CHECK(box.Run(Full()) == SyncOutcome::kDone);
    CHECK(box.problems.size() == 2);  // F, for it holds Sub; and Sub
    CHECK_SAY(box.Same(), box.Shown());
    CHECK(box.server().files.size() == 1 && box.server().Find(u"F/Sub/new.eml") != nullptr);
    box.RunWell(Full());
    CHECK(hierarchy.Run(Only(true, false, side)) == SyncOutcome::kDone);
    CHECK(hierarchy.tree[Index(Other(side))].files.size() == 3);
  }
}

CASE("a folder that holds something that is no message is kept, and comes back on the other side") {
  Mailbox box;
  box.PutBoth(u"F/a.eml", Mail("a"));
  box.RunWell(Full());
  box.local().foreign.insert(u"F");
  box.RemoveFolder(kServer, u"F");
  box.RunWithWarning(Full());
  CHECK(box.Same() && box.server().HasFolder(u"F") && box.server().files.empty());
  box.RunWell(Full());
  CHECK(box.done.empty());
}

CASE("a message that was moved is copied before it is deleted") {
  Mailbox box;
  box.PutBoth(u"A/x.eml", Mail("x"));
  box.MakeFolder(kServer, u"B");
  box.RunWell(Full());
  box.Remove(kServer, u"A/x.eml");
  box.Put(kServer, u"B/x.eml", Mail("x"));
  box.RunWell(Full());
  CHECK(box.Same());
  CHECK(box.done == (std::vector{SyncStepKind::kCopyMessage, SyncStepKind::kDeleteMessage}));
}

// ---- headers ----

CASE("headers only, then the rest") {
  Mailbox box;
  box.Put(kServer, u"Inbox/a.eml", Mail("a"));
  box.Put(kServer, u"Inbox/all-header.eml", "Subject: x\r\n\r\n");
  box.Put(kServer, u"Inbox/empty.eml", "");
  box.RunWell(Headers());
  CHECK(box.local().Find(u"Inbox/a.eml")->bytes == "Subject: a\r\n\r\n");
  CHECK(box.local().Find(u"Inbox/all-header.eml")->bytes == "Subject: x\r\n\r\n");
  box.RunWell(Headers());
  CHECK(box.done.empty());
  box.RunWell(Upload());
  CHECK(box.done.empty() && box.server().Find(u"Inbox/a.eml")->bytes == Mail("a"));
  box.RunWell(Full());
  CHECK(box.Same() && box.done.size() == 1);
}

CASE("a header block is known for what it is without a record") {
  Mailbox box;
  box.Put(kServer, u"a.eml", Mail("a"));
  box.RunWell(Headers());
  box.record_file.clear();
  Mailbox up = box;
  up.RunWell(Upload());
  CHECK(up.server().Find(u"a.eml")->bytes == Mail("a") && up.server().files.size() == 1);
  up.RunWell(Full());
  CHECK(up.Same());
  box.RunWell(Full());
  CHECK(box.Same() && box.local().Find(u"a.eml")->bytes == Mail("a"));
}

CASE("an edited header block is kept as a message of its own, and never replaces the message") {
  Mailbox box;
  box.Put(kServer, u"a.eml", Mail("a"));
  box.RunWell(Headers());
  box.Put(kLocal, u"a.eml", "Subject: a\r\nX-Note: mine\r\n\r\n");
  Mailbox up = box;
  box.RunWithWarning(Full());
  CHECK(box.Same() && box.server().files.size() == 2 && box.server().Find(u"a.eml")->bytes == Mail("a"));
  up.RunWithWarning(Upload());
  CHECK(up.server().files.size() == 2 && up.server().Find(u"a.eml")->bytes == Mail("a"));
}

CASE("a header block that was deleted takes the message with it, and the other way round") {
  Mailbox box;
  box.Put(kServer, u"a.eml", Mail("a"));
  box.Put(kServer, u"b.eml", Mail("b"));
  box.RunWell(Headers());
  box.Remove(kLocal, u"a.eml");
  box.Remove(kServer, u"b.eml");
  box.RunWell(Full());
  CHECK(box.Same() && box.server().files.empty());
}

CASE("a message that changes on the server is brought as its header in a run for headers") {
  Mailbox box;
  box.Put(kServer, u"a.eml", Mail("old"));
  box.RunWell(Full());
  box.Put(kServer, u"a.eml", Mail("new"));
  box.RunWell(Headers());
  CHECK(box.local().Find(u"a.eml")->bytes == "Subject: new\r\n\r\n");
  box.RunWell(Full());
  CHECK(box.Same() && box.local().Find(u"a.eml")->bytes == Mail("new"));
}

CASE("a header block that a killed run had just brought is never sent, even when the message is gone") {
  Mailbox whole;
  whole.Put(kServer, u"Inbox/a.eml", Mail("a"));
  Mailbox box = whole;
  box.RunWell(Headers());
  const std::size_t moments = box.moments;
  for (std::size_t kill_at = 1; kill_at <= moments; ++kill_at) {
    box = whole;
    box.kill_at = kill_at;
    try {
      box.Run(Headers());
    } catch (const Killed&) {
    }
    box.kill_at = 0;
    box.Remove(kServer, u"Inbox/a.eml");
    box.RunWell(Full());
    CHECK_SAY(box.Same() && box.server().files.empty(), box.Shown());
  }
}

// ---- outgoing mail ----

CASE("outgoing mail moves from the local Outbox to the server's Sent Items") {
  Mailbox box;
  box.Put(kLocal, u"Outbox/a.eml", Mail("a"));
  box.Put(kLocal, u"Outbox/b.eml", Mail("b"));
  box.Put(kServer, u"Sent Items/b.eml", Mail("another b"));
  SyncScope only;
  only.outgoing = true;
  Mailbox full = box;
  box.RunWell(only);
  CHECK(box.local().files.empty() && box.server().files.size() == 3);
  CHECK(box.server().Find(u"Sent Items/a.eml")->bytes == Mail("a"));
  CHECK(box.server().Find(u"Sent Items/b (2).eml")->bytes == Mail("b"));
  box.RunWell(Full());
  CHECK(box.Same());
  SyncScope with_all = Full();
  with_all.outgoing = true;
  full.RunWell(with_all);
  CHECK_SAY(full.Same(), full.Shown());
  CHECK(full.local().files.size() == 3 && full.local().Find(u"Outbox/a.eml") == nullptr);
  full.RunWell(with_all);
  CHECK(full.done.empty());
}

CASE("outgoing mail that was on the server's Outbox already goes away there as well") {
  for (const bool recorded : {true, false}) {
    Mailbox box;
    box.PutBoth(u"Outbox/a.eml", Mail("a"));
    if (recorded) box.RunWell(Full());
    SyncScope scope = Full();
    scope.outgoing = true;
    Mailbox down = box;
    box.RunWell(scope);
    CHECK_SAY(box.Same(), box.Shown());
    CHECK(box.server().files.size() == 1 && box.server().Find(u"Sent Items/a.eml") != nullptr);
    SyncScope download = Download();
    download.outgoing = true;
    down.RunWell(download);
    CHECK(down.local().Find(u"Outbox/a.eml") == nullptr && down.server().files.size() == 2);
    down.RunWell(scope);
    CHECK_SAY(down.Same() && down.server().files.size() == 1, down.Shown());
  }
}

CASE("without its flag, the Outbox is a folder like any other") {
  Mailbox box;
  box.Put(kLocal, u"Outbox/a.eml", Mail("a"));
  box.RunWell(Full());
  CHECK(box.Same() && box.server().Find(u"Outbox/a.eml") != nullptr);
}

// ---- what cannot be done ----

CASE("what cannot be written is reported once by its name, and the rest is done") {
  Mailbox box;
  box.Put(kServer, u"F/a.eml", Mail("a"));
  box.Put(kServer, u"F/b.eml", Mail("b"));
  box.Put(kServer, u"G/c.eml", Mail("c"));
  box.Put(kServer, u"G/Deep/d.eml", Mail("d"));
  box.local().unwritable = {u"F/A.EML", u"G"};
  CHECK(box.Run(Full()) == SyncOutcome::kPartial);
  CHECK(box.problems.size() == 2);
  CHECK(box.problems[0].text == u"F/a.eml" && box.problems[0].result == 0x80070005);
  CHECK(box.problems[1].text == u"G");
  CHECK(box.local().files.size() == 1 && box.server().files.size() == 4);
  box.local().unwritable.clear();
  box.RunWell(Full());
  CHECK(box.Same());
}

CASE("what cannot be read is left alone on both sides") {
  Mailbox box;
  box.PutBoth(u"F/a.eml", Mail("a"));
  box.PutBoth(u"F/b.eml", Mail("b"));
  box.RunWell(Full());
  box.Put(kServer, u"F/a.eml", Mail("1"));
  box.Put(kLocal, u"F/a.eml", Mail("2"));
  box.Touch(kServer, u"F/b.eml");
  box.server().unreadable = {u"F/A.EML", u"F/B.EML"};
  const auto before = Image(box.local());
  box.Run(Full());
  CHECK(box.problems.size() == 2 && box.done.empty() && Image(box.local()) == before);
}

CASE("a folder that cannot be listed is not taken for an empty one") {
  Mailbox box;
  box.PutBoth(u"F/a.eml", Mail("a"));
  box.PutBoth(u"F/Deep/b.eml", Mail("b"));
  box.RunWell(Full());
  box.server().unreadable = {u"F"};
  box.Remove(kLocal, u"F/Deep/b.eml");
  const auto before = Image(box.local());
  box.RunWell(Full());
  CHECK(box.done.empty() && Image(box.local()) == before);
  box.server().unreadable.clear();
  box.RunWell(Full());
  CHECK(box.Same() && box.server().files.size() == 1);
}

CASE("a message that cannot be deleted keeps its folder, and is reported once") {
  Mailbox box;
  box.PutBoth(u"F/a.eml", Mail("a"));
  box.PutBoth(u"F/b.eml", Mail("b"));
  box.RunWell(Full());
  box.RemoveFolder(kServer, u"F");
  box.local().unwritable = {u"F/A.EML"};
  CHECK(box.Run(Full()) == SyncOutcome::kPartial);
  CHECK(box.problems.size() == 1 && box.local().files.size() == 1);
  box.local().unwritable.clear();
  box.RunWell(Full());
  CHECK(box.Same() && box.local().folders.empty());
}

CASE("a folder here and a message of that name there are both left alone") {
  Mailbox box;
  box.Put(kServer, u"x.eml/inner.eml", Mail("inner"));
  box.Put(kLocal, u"X.eml", Mail("x"));
  box.Put(kServer, u"ok.eml", Mail("ok"));
  CHECK(box.Run(Full()) == SyncOutcome::kPartial);
  CHECK(box.problems.size() == 1 && box.problems[0].result == kSyncCollision);
  CHECK(box.local().files.size() == 2 && box.server().files.size() == 2);
}

CASE("names that differ in case alone are one name across the sides") {
  Mailbox box;
  box.Put(kServer, u"INBOX/a.eml", Mail("a"));
  box.Put(kLocal, u"Inbox/A.eml", Mail("a"));
  box.Put(kLocal, u"Inbox/b.eml", Mail("b"));
  box.RunWell(Full());
  CHECK(box.Same() && box.server().folders.size() == 1 && box.server().files.size() == 2);
}

CASE("names that differ in case alone on one side: one is synchronised, the other is reported and left alone") {
  TreeListing server;
  server.folders = {{u"Inbox", false, false}, {u"inbox", false, false}, {u"inbox/Deep", false, false}};
  server.messages = {{u"Inbox/a.eml", {1, 1}},
                     {u"inbox/a.eml", {2, 2}},
                     {u"inbox/Deep/b.eml", {3, 3}},
                     {u"c.eml", {4, 4}},
                     {u"C.eml", {5, 5}}};
  const TreeListing local;
  SyncRecord record;
  record.Apply({RecordChange::Kind::kSetFolder, u"inbox", {}});
  SyncInput input;
  input.trees[0] = &server;
  input.trees[1] = &local;
  input.record = &record;
  input.scope = Download();
  input.fold = &Fold;
  const SyncPlan plan = PlanSync(input);
  std::vector<std::u16string> copied;
  std::size_t reported = 0;
  for (const SyncStep& step : plan.steps) {
    if (step.kind == SyncStepKind::kCopyMessage) copied.push_back(step.path);
    if (step.problem && step.problem->result == kSyncCollision) ++reported;
  }
  // The folder of the record's spelling wins. It counts as deleted locally, but its messages are new.
  CHECK(reported == 2);
  CHECK(copied == (std::vector<std::u16string>{u"C.eml", u"inbox/a.eml", u"inbox/Deep/b.eml"}));
}

// ---- a run that ends early ----

CASE("a cancelled run has recorded what it did, and the next one goes on") {
  for (std::size_t after = 1; after < 12; ++after) {
    Mailbox box;
    for (const char16_t name : std::u16string(u"abcde"))
      box.Put(kServer, std::u16string(u"F/") + name + u".eml", Mail("x"));
    box.cancel_after = after;
    const SyncOutcome outcome = box.Run(Full());
    CHECK(outcome == SyncOutcome::kCancelled || box.Same());
    box.cancel_after = 0;
    box.RunWell(Full());
    CHECK(box.Same());
  }
}

CASE("progress names the folder, on one scale that ends at its end") {
  Mailbox box;
  box.Put(kServer, u"Inbox/a.eml", std::string(1 << 20, 'x'));
  box.Put(kServer, u"Archive/b.eml", Mail("b"));
  box.RunWell(Full());
  CHECK(std::count(box.progress.begin(), box.progress.end(), u"Inbox") >= 2);
  CHECK(std::count(box.progress.begin(), box.progress.end(), u"Archive") >= 2);
}

// Prepares a mailbox in which every kind of step is due.
Mailbox Eventful() {
  Mailbox box;
  for (const char16_t* const name :
       {u"F/changed-up.eml", u"F/changed-down.eml", u"F/deleted-up.eml", u"F/deleted-down.eml", u"F/both.eml",
        u"F/kept.eml", u"Old/a.eml", u"Old/Deep/b.eml", u"Outbox/known.eml"}) {
    box.PutBoth(name, Mail(std::string(name, name + std::u16string_view(name).size())));
  }
  box.RunWell(Full());
  box.Put(kServer, u"H/header.eml", Mail("header"));
  box.Put(kServer, u"H/edited.eml", Mail("edited"));
  box.Put(kServer, u"H/gone.eml", Mail("gone"));
  box.RunWell(Headers());
  box.Put(kLocal, u"F/changed-up.eml", Mail("1"));
  box.Put(kServer, u"F/changed-down.eml", Mail("2"));
  box.Remove(kLocal, u"F/deleted-up.eml");
  box.Remove(kServer, u"F/deleted-down.eml");
  box.Put(kServer, u"F/both.eml", Mail("3"));
  box.Put(kLocal, u"F/both.eml", Mail("4"));
  box.Remove(kServer, u"F/kept.eml");
  box.Put(kLocal, u"F/kept.eml", Mail("5"));
  box.RemoveFolder(kServer, u"Old");
  box.Put(kLocal, u"H/edited.eml", "Subject: edited\r\nX: 6\r\n\r\n");
  box.Remove(kServer, u"H/gone.eml");
  box.Put(kServer, u"New/Deep/c.eml", Mail("7"));
  box.Put(kLocal, u"Also new/d.eml", Mail("8"));
  box.Put(kLocal, u"Outbox/a.eml", Mail("9"));
  box.PutBoth(u"Outbox/on-both.eml", Mail("10"));
  return box;
}

CASE("a run that is killed at any moment leaves what the next run completes to the same end") {
  for (const bool headers : {false, true}) {
    SyncScope scope = headers ? Headers() : Full();
    scope.outgoing = true;
    Mailbox undisturbed = Eventful();
    CHECK(undisturbed.Run(scope) == SyncOutcome::kDone);
    const std::size_t moments = undisturbed.moments;
    CHECK(undisturbed.Run(Full()) == SyncOutcome::kDone && undisturbed.Same());
    const auto wanted = Image(undisturbed.server());
    CHECK(moments > 60);
    for (std::size_t first = 1; first <= moments; ++first) {
      // Killed once, and the run after it killed, too.
      for (const std::size_t second : {std::size_t{0}, std::size_t{5}, first / 2 + 1}) {
        Mailbox box = Eventful();
        for (const std::size_t kill_at : {first, second}) {
          if (kill_at == 0) continue;
          box.kill_at = kill_at;
          try {
            box.Run(scope);
          } catch (const Killed&) {
          }
        }
        box.kill_at = 0;
        CHECK(box.Run(scope) == SyncOutcome::kDone);
        CHECK(box.Run(Full()) == SyncOutcome::kDone);
        CHECK_SAY(box.Same() && Image(box.server()) == wanted,
                  "killed at " + std::to_string(first) + " and " + std::to_string(second) + ": " + box.Shown());
      }
    }
  }
}

// ---- random histories ----

class History {
 public:
  explicit History(unsigned seed) : random_(seed) {}

  void Play() {
    for (int round = 0; round < 12; ++round) {
      for (unsigned edits = Pick(6); edits > 0; --edits) Edit();
      SyncScope scope;
      const unsigned bits = Pick(16);
      scope.hierarchy[0] = bits & 1;
      scope.hierarchy[1] = bits & 2;
      scope.contents[0] = bits & 4;
      scope.contents[1] = bits & 8;
      if (Pick(3) == 0) scope = Full();
      scope.headers_only = Pick(3) == 0;
      scope.outgoing = Pick(6) == 0;
      box_.kill_at = Pick(3) == 0 ? 1 + Pick(60) : 0;
      if (Pick(20) == 0 && !HasHeaderCopies()) {
        box_.record_file = "lost";
        lost_record_ = true;
      }
      RunAndCheck(scope);
    }
    box_.kill_at = 0;
    RunAndCheck(Full());
    CHECK_SAY(box_.Same(), box_.Shown());
    const auto contents = box_.server().Contents();
    // A lost record can bring back a message that was moved. What a killed run had sent lies in the Outbox until the
    // next run for outgoing mail finds that out; and the server's Outbox keeps what has been sent until its turn comes.
    for (const std::string& bytes : contents) {
      CHECK_SAY(bytes.empty() || lost_record_ || half_sent_ || contents.count(bytes) == 1, box_.Shown());
    }
    box_.RunWell(Full());
    CHECK_SAY(box_.done.empty(), box_.Shown());
  }

 private:
  unsigned Pick(unsigned below) { return static_cast<unsigned>(random_() % below); }

  std::u16string Name(const char16_t* names, unsigned count) { return std::u16string(1, names[Pick(count)]); }

  std::u16string FolderPath() {
    static const char16_t* const kFolders[] = {u"", u"P", u"p/Q", u"P/q/R", u"S", u"Outbox", u"Sent Items"};
    return kFolders[Pick(7)];
  }

  std::string NewMessage() {
    const std::string id = std::to_string(1'000'000 + ++serial_);
    std::string bytes;
    switch (Pick(8)) {
      case 0:
        bytes = "Subject: " + id + "\r\n";  // no body, no empty line
        break;
      case 1:
        bytes = "Subject: " + id + "\n\n";  // all header
        break;
      case 2:
        bytes = std::string();
        break;
      default:
        bytes = "Subject: " + id + "\n\nbody of " + id + "\n";
    }
    known_.insert(bytes);
    return bytes;
  }

  void Write(Side side, const std::u16string& path) {
    if (const File* old = box_.tree[Index(side)].Find(path)) Discard(side, *old, false);
    const std::string bytes = NewMessage();
    box_.Put(side, path, bytes);
    if (!bytes.empty()) owed_.insert(bytes);
  }

  // The user overwrites or deletes a file: what it held is no longer owed, unless it also is where he did not touch it.
  void Discard(Side side, const File& file, bool deletes) {
    const Tree& other = box_.tree[Index(Other(side))];
    owed_.erase(file.bytes);
    if (side == kServer) return;
    // A header block stands for the message: with it, edited or not, the user deletes the message.
    std::string& stands_for = stands_for_[Fold(file.path)];
    if (const File* there = other.Find(file.path); there != nullptr && HeaderOf(there->bytes) == file.bytes) {
      stands_for = there->bytes;
    }
    if (deletes) owed_.erase(stands_for);
  }

  void Edit() {
    const Side side = Pick(2) == 0 ? kServer : kLocal;
    Tree& tree = box_.tree[Index(side)];
    switch (Pick(8)) {
      case 0:
        box_.MakeFolder(side, FolderPath());
        return;
      case 1: {
        if (tree.folders.empty()) return;
        const auto place = std::next(tree.folders.begin(), Pick(static_cast<unsigned>(tree.folders.size())));
        const std::u16string path = place->second;
        for (const auto& [key, file] : tree.files) {
          if (key.starts_with(Fold(path) + u'/')) Discard(side, file, true);
        }
        box_.RemoveFolder(side, path);
        return;
      }
      case 2:
      case 3: {
        if (tree.files.empty()) return;
        const auto place = std::next(tree.files.begin(), Pick(static_cast<unsigned>(tree.files.size())));
        const File file = place->second;
        Discard(side, file, true);
        box_.Remove(side, file.path);
        return;
      }
      case 4: {
        if (tree.files.empty()) return;
        const auto place = std::next(tree.files.begin(), Pick(static_cast<unsigned>(tree.files.size())));
        // One that a killed run had just brought is known by its time.
        if (!known_.contains(place->second.bytes) && !box_.journal_file.empty()) return;
        box_.Touch(side, std::u16string(place->second.path));
        return;
      }
      case 5: {
        if (tree.files.empty()) return;
        const auto place = std::next(tree.files.begin(), Pick(static_cast<unsigned>(tree.files.size())));
        Write(side, std::u16string(place->second.path));
        return;
      }
      default: {
        const std::u16string folder = FolderPath();
        Write(side, JoinPath(folder, Name(u"abcABC", 6) + u".eml"));
      }
    }
  }

  void RunAndCheck(const SyncScope& scope) {
    const Mailbox before = box_;
    bool killed = false;
    try {
      const SyncOutcome outcome = box_.Run(scope);
      CHECK(outcome == SyncOutcome::kDone);
    } catch (const Killed&) {
      killed = true;
    }
    half_sent_ |= scope.outgoing && (killed || !scope.contents[1]);
    const std::string where = " seed's round, before: " + before.Shown() + " after: " + box_.Shown();
    const auto server = box_.server().Contents();
    const auto local = box_.local().Contents();
    for (const std::string& bytes : owed_)
      CHECK_SAY(server.contains(bytes) || local.contains(bytes), "lost " + bytes + where);
    for (const std::string& bytes : server) CHECK_SAY(known_.contains(bytes), "halved on the server" + where);
    for (const std::string& bytes : local)
      CHECK_SAY(known_.contains(bytes) || IsHeaderOfKnown(bytes), "halved locally" + where);
    std::erase_if(owed_, [&](const std::string& bytes) { return server.contains(bytes) && local.contains(bytes); });
    CheckScope(before, scope, where);
    if (!killed) CHECK(box_.journal_file.empty());
  }

  // Without a record, such a copy of a message that has gone from the server looks like any message.
  bool HasHeaderCopies() const {
    const auto& files = box_.tree[Index(kLocal)].files;
    return std::any_of(files.begin(), files.end(),
                       [this](const auto& entry) { return !known_.contains(entry.second.bytes); });
  }

  bool IsHeaderOfKnown(const std::string& bytes) const {
    const auto place = known_.lower_bound(bytes);
    return place != known_.end() && HeaderOf(*place) == bytes;
  }

  void CheckScope(const Mailbox& before, const SyncScope& scope, const std::string& where) {
    if (scope.outgoing) return;
    if (!scope.hierarchy[1] && !scope.contents[1]) CHECK_SAY(Image(before.tree[0]) == Image(box_.tree[0]), where);
    // An upload leaves the local tree as it is, but that a conflict may give a message another name.
    if (!scope.hierarchy[0] && !scope.contents[0]) {
      CHECK_SAY(before.tree[1].Contents() == box_.tree[1].Contents(), where);
      CHECK_SAY(before.tree[1].folders == box_.tree[1].folders, where);
    }
    for (std::size_t side = 0; side < 2; ++side) {
      if (!scope.AnyHierarchy()) CHECK_SAY(before.tree[side].folders == box_.tree[side].folders, where);
      if (!scope.AnyContents()) {
        for (const auto& [key, file] : box_.tree[side].files) {
          const File* was = before.tree[side].Find(key);
          CHECK_SAY(was != nullptr && was->bytes == file.bytes, where);
        }
      }
    }
  }

  std::mt19937 random_;
  Mailbox box_;
  unsigned serial_ = 0;
  bool lost_record_ = false;
  bool half_sent_ = false;
  std::set<std::string> known_;                       // every message that a user has ever written
  std::map<std::u16string, std::string> stands_for_;  // by local key: the message whose header block was there
  std::set<std::string> owed_;                        // those that are on one side alone: they must not get lost
};

CASE("random histories lose nothing, halve nothing, stay in scope, and end equal") {
  for (unsigned seed = 1; seed <= 1000; ++seed) {
    try {
      History(seed).Play();
    } catch (const mapisync::check::Failed& failed) {
      throw mapisync::check::Failed{"seed " + std::to_string(seed) + ": " + failed.why};
    }
  }
}

}  // namespace

int main(int argc, char** argv) { return mapisync::check::Main(argc, argv); }
