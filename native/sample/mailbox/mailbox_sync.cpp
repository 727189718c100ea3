#include "sample/mailbox/mailbox_sync.h"

#include <new>
#include <string_view>
#include <utility>

#include "sample/mailbox/folder_tree.h"
#include "sample/mailbox/sync_executor.h"
#include "sample/mailbox/sync_planner.h"
#include "sample/mailbox/sync_record_file.h"
#include "windows/long_path.h"

namespace mapisync::sample {

namespace {

static_assert(static_cast<HRESULT>(kSyncUserCancel) == mapi::MAPI_E_USER_CANCEL);
static_assert(static_cast<HRESULT>(kSyncObjectChanged) == mapi::MAPI_E_OBJECT_CHANGED);
static_assert(static_cast<HRESULT>(kSyncCollision) == mapi::MAPI_E_COLLISION);

// Messages that lie in no folder at all have this one's name in the progress text.
constexpr std::wstring_view kTopFolderName = L"Top folder";

SyncScope ScopeOf(ULONG flags) {
  SyncScope scope;
  scope.hierarchy[Index(Side::kLocal)] = (flags & mapi::SYNC_UPLOAD_HIERARCHY) != 0;
  scope.hierarchy[Index(Side::kServer)] = (flags & mapi::SYNC_DOWNLOAD_HIERARCHY) != 0;
  scope.contents[Index(Side::kLocal)] = (flags & mapi::SYNC_UPLOAD_CONTENTS) != 0;
  scope.contents[Index(Side::kServer)] = (flags & mapi::SYNC_DOWNLOAD_CONTENTS) != 0;
  scope.headers_only = (flags & mapi::SYNC_GLOBAL_HEADERS) != 0;
  scope.outgoing = (flags & mapi::SYNC_OUTGOING_MAIL) != 0;
  return scope;
}

// Hands on what is reported, and remembers what the run's result depends on.
class Reporter final : public SyncListener {
 public:
  Reporter(MailboxSyncListener* listener, const std::atomic<bool>* stop) : listener_(listener), stop_(stop) {}

  bool OnProgress(std::u16string_view folder, std::uint32_t index) override {
    if (stop_->load(std::memory_order_relaxed)) cancelled_ = true;
    if (cancelled_) return false;
    text_.assign(folder.begin(), folder.end());
    if (text_.empty()) text_ = kTopFolderName;
    cancelled_ = !listener_->OnProgress(text_.c_str(), index, kProgressMax);
    return !cancelled_;
  }

  bool OnProblem(const SyncProblem& problem) override {
    const auto result = static_cast<HRESULT>(problem.result);
    if (FAILED(result)) partial_ = true;
    const std::wstring text(problem.text.begin(), problem.text.end());
    if (!listener_->OnProblem(result, text.c_str())) cancelled_ = true;
    return !cancelled_;
  }

  bool cancelled() const { return cancelled_; }
  bool partial() const { return partial_; }

 private:
  MailboxSyncListener* listener_;
  const std::atomic<bool>* stop_;
  std::wstring text_;
  bool cancelled_ = false;
  bool partial_ = false;
};

}  // namespace

MailboxSync::MailboxSync(MailboxPaths paths, ULONG flags, MailboxSyncListener* listener, const std::atomic<bool>* stop)
    : paths_(std::move(paths)), flags_(flags), listener_(listener), stop_(stop) {}

HRESULT MailboxSync::Run() noexcept {
  try {
    return RunGuarded();
  } catch (const std::bad_alloc&) {
    return mapi::MAPI_E_NOT_ENOUGH_MEMORY;
  } catch (...) {
    return mapi::MAPI_E_CALL_FAILED;
  }
}

HRESULT MailboxSync::RunGuarded() {
  Reporter reporter(listener_, stop_);
  const auto report = [&reporter](const SyncProblem& problem) { reporter.OnProblem(problem); };
  const SyncScope scope = ScopeOf(flags_);
  if (scope.Nothing()) return S_OK;

  SyncRecordFile record(LongPath(paths_.record), report);
  if (const HRESULT opened = record.Open(); FAILED(opened)) return opened;

  FolderTrees trees(
      LongPath(paths_.server), LongPath(paths_.local),
      {report, [&reporter](std::u16string_view folder) { return reporter.OnProgress(folder, kProgressPlanning); }});
  TreeListing listings[2];
  for (const Side side : {Side::kServer, Side::kLocal}) {
    const std::uint32_t index = side == Side::kServer ? 0 : kProgressLocalListing;
    const HRESULT listed = trees.List(
        side, [&](std::u16string_view folder) { return reporter.OnProgress(folder, index); }, &listings[Index(side)]);
    if (FAILED(listed)) {
      const std::wstring& root = side == Side::kServer ? paths_.server : paths_.local;
      reporter.OnProblem(
          {static_cast<std::uint32_t>(listed), std::u16string(root.begin(), root.end()) + u" could not be listed"});
    }
    // A listing that was given up must not be planned by: what it lacks would count as deleted.
    if (reporter.cancelled() || FAILED(listed)) {
      record.Close();
      return reporter.cancelled() ? mapi::MAPI_E_USER_CANCEL : listed;
    }
  }

  SyncInput input;
  input.trees[Index(Side::kServer)] = &listings[Index(Side::kServer)];
  input.trees[Index(Side::kLocal)] = &listings[Index(Side::kLocal)];
  input.record = &record.record();
  input.scope = scope;
  input.fold = &FoldFileName;
  input.reader = &trees;
  const SyncPlan plan = PlanSync(input);

  SyncOutcome outcome = SyncOutcome::kCancelled;
  if (!reporter.cancelled()) outcome = DoSteps(plan, {&trees, &record, &reporter});
  record.Close();
  if (outcome == SyncOutcome::kCancelled) return mapi::MAPI_E_USER_CANCEL;
  return outcome == SyncOutcome::kPartial || reporter.partial() ? mapi::MAPI_W_PARTIAL_COMPLETION : S_OK;
}

}  // namespace mapisync::sample
