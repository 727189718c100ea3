#include "sample/mailbox/sync_executor.h"

#include <algorithm>
#include <string>
#include <vector>

namespace mapisync::sample {

namespace {

// Is it the folder itself, or anything in it?
bool IsWithin(std::u16string_view path, std::u16string_view folder) {
  return path.substr(0, folder.size()) == folder && (path.size() == folder.size() || path[folder.size()] == u'/');
}

class Executor final : CopyWatcher {
 public:
  Executor(const SyncPlan& plan, const SyncTools& tools) : plan_(plan), tools_(tools) {}

  SyncOutcome Run() {
    for (const SyncStep& step : plan_.steps) {
      step_ = &step;
      copied_before_ = 0;
      if (step.weight != 0 && !Progress(0)) break;
      Do(step);
      if (cancelled_) break;
      weight_done_ += step.weight;
    }
    if (!cancelled_) cancelled_ = !tools_.listener->OnProgress(step_ != nullptr ? step_->folder : u"", kProgressMax);
    if (cancelled_) return SyncOutcome::kCancelled;
    return partial_ ? SyncOutcome::kPartial : SyncOutcome::kDone;
  }

 private:
  void Do(const SyncStep& step) {
    switch (step.kind) {
      case SyncStepKind::kRecord:
        return tools_.journal->Note(step.changes);
      case SyncStepKind::kReport:
        if ((step.problem->result & 0x80000000u) != 0) partial_ = true;
        Report(*step.problem);
        return;
      case SyncStepKind::kCreateFolder:
        return CreateFolder(step);
      case SyncStepKind::kCopyMessage:
        return CopyMessage(step);
      case SyncStepKind::kKeepBoth:
        return KeepBoth(step);
      case SyncStepKind::kMoveOutgoing:
        return MoveOutgoing(step);
      case SyncStepKind::kDeleteMessage:
        if (Succeeded(tools_.trees->DeleteMessage(step.side, {step.path, step.stamp}), step.side, step.path)) {
          Forget(RecordChange::Kind::kForgetMessage, step.record_path);
        }
        return;
      case SyncStepKind::kDeleteFolder:
        if (HoldsFailure(step.side, step.path)) return;
        if (Succeeded(tools_.trees->DeleteFolder(step.side, step.path), step.side, step.path)) {
          Forget(RecordChange::Kind::kForgetFolder, step.record_path);
        }
        return;
    }
  }

  void CreateFolder(const SyncStep& step) {
    if (LiesInFailure(step.side, step.path)) return;
    if (!Succeeded(tools_.trees->CreateFolder(step.side, step.path), step.side, step.path)) {
      failed_folders_[Index(step.side)].push_back(step.path);
      return;
    }
    if (step.on_both && !LiesInFailure(Other(step.side), step.path)) {
      Note({RecordChange::Kind::kSetFolder, step.record_path, {}});
    }
    ReportOnceDone(step);
  }

  void CopyMessage(const SyncStep& step) {
    const CopyRequest request{Other(step.side), step.path,         step.to_path,
                              step.replaces,    step.headers_only, step.replaces.has_value()};
    if (step.headers_only) ExpectHeaders(step);
    if (Copy(request, step.record_path)) ReportOnceDone(step);
  }

  void KeepBoth(const SyncStep& step) {
    // The record's entry is about the file that stood here. While the server has the message, the entry goes first: a
    // run that is killed after the renaming must not leave a record by which the message was deleted here.
    const bool forget_first = step.recorded && !step.server_path.empty();
    if (forget_first) Forget(RecordChange::Kind::kForgetMessage, step.record_path);
    if (!Succeeded(tools_.trees->RenameMessage(Side::kLocal, {step.path, step.stamp}, step.to_path), Side::kLocal,
                   step.path)) {
      return;
    }
    if (step.recorded && !forget_first) Forget(RecordChange::Kind::kForgetMessage, step.record_path);
    ReportOnceDone(step);
    if (step.upload && !cancelled_) {
      Copy({Side::kLocal, step.to_path, step.to_path, std::nullopt, false, false}, step.to_path);
      copied_before_ = 1 + step.stamp.size;
    }
    if (step.download && !cancelled_) {
      if (step.headers_only) ExpectHeaders(step);
      Copy({Side::kServer, step.server_path, step.path, std::nullopt, step.headers_only, false}, step.record_path);
    }
  }

  // The server has the message before the local Outbox loses it. Killed in between, the next run finds it there.
  void MoveOutgoing(const SyncStep& step) {
    RecordedMessage sent;
    if (step.upload) {
      if (LiesInFailure(Side::kServer, step.to_path)) return;
      CopyReceipt receipt;
      if (!Succeeded(tools_.trees->CopyMessage({Side::kLocal, step.path, step.to_path, std::nullopt, false, true}, this,
                                               &receipt),
                     Side::kServer, step.to_path)) {
        return;
      }
      sent = {{receipt.copy, receipt.source}, {receipt.copy_hash, receipt.source_hash}, false};
    } else {
      sent = {{step.sent_stamp, step.stamp}, {step.hash, step.hash}, false};
    }
    const MessageFile local{step.path, sent.stamp[Index(Side::kLocal)]};
    const bool keep = step.keep && !LiesInFailure(Side::kLocal, step.to_path);
    const MailboxTrees::Failure failure = keep ? tools_.trees->RenameMessage(Side::kLocal, local, step.to_path)
                                               : tools_.trees->DeleteMessage(Side::kLocal, local);
    if (!Succeeded(failure, Side::kLocal, step.path)) return;
    if (keep) Note({RecordChange::Kind::kSetMessage, step.to_path, sent});
    if (!step.server_path.empty() &&
        !Succeeded(tools_.trees->DeleteMessage(Side::kServer, {step.server_path, step.server_stamp}), Side::kServer,
                   step.server_path)) {
      return;
    }
    if (step.recorded) Forget(RecordChange::Kind::kForgetMessage, step.record_path);
  }

  // Noted before the copy stands there: killed in between, and with the message gone from the server, the next run
  // would take the header block for a message that was written here.
  void ExpectHeaders(const SyncStep& step) {
    RecordChange change{RecordChange::Kind::kExpectHeaders, step.record_path, {}};
    change.message.stamp[Index(Side::kServer)] = step.server_stamp;
    Note(change);
  }

  bool Copy(const CopyRequest& request, const std::u16string& record_path) {
    const Side to = Other(request.from);
    if (LiesInFailure(to, request.to_path)) return false;
    CopyReceipt receipt;
    if (!Succeeded(tools_.trees->CopyMessage(request, this, &receipt), to, request.to_path)) return false;
    RecordedMessage message;
    message.stamp[Index(request.from)] = receipt.source;
    message.stamp[Index(to)] = receipt.copy;
    message.hash[Index(request.from)] = receipt.source_hash;
    message.hash[Index(to)] = receipt.copy_hash;
    message.headers_only = !receipt.whole;
    Note({RecordChange::Kind::kSetMessage, record_path, message});
    return true;
  }

  void Note(const RecordChange& change) { tools_.journal->Note({&change, 1}); }
  void Forget(RecordChange::Kind kind, const std::u16string& path) { Note({kind, path, {}}); }

  // CopyWatcher
  bool OnBytes(std::uint64_t copied) override {
    const std::uint64_t within = (copied_before_ + copied) / (64 * 1024);
    return Progress(std::min(within, step_->weight));
  }

  bool Progress(std::uint64_t within_step) {
    const std::uint64_t done = weight_done_ + within_step;
    const double share = plan_.weight == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(plan_.weight);
    const auto index = kProgressSteps + static_cast<std::uint32_t>(share * (kProgressMax - kProgressSteps));
    index_ = std::max(index_, std::min(index, kProgressMax));
    if (!tools_.listener->OnProgress(step_->folder, index_)) cancelled_ = true;
    return !cancelled_;
  }

  bool Succeeded(const MailboxTrees::Failure& failure, Side side, const std::u16string& path) {
    if (!failure) return true;
    if (failure->result == kSyncUserCancel) {
      cancelled_ = true;
      return false;
    }
    partial_ = true;
    failed_[Index(side)].push_back(path);
    Report(*failure);
    return false;
  }

  void Report(const SyncProblem& problem) {
    if (!tools_.listener->OnProblem(problem)) cancelled_ = true;
  }

  void ReportOnceDone(const SyncStep& step) {
    if (step.problem) Report(*step.problem);
  }

  // What failed has been reported once; what follows from it is not reported again.
  bool LiesInFailure(Side side, std::u16string_view path) const {
    const auto& failed = failed_folders_[Index(side)];
    return std::any_of(failed.begin(), failed.end(),
                       [&](const std::u16string& folder) { return IsWithin(path, folder); });
  }

  bool HoldsFailure(Side side, std::u16string_view folder) const {
    const auto& failed = failed_[Index(side)];
    return std::any_of(failed.begin(), failed.end(),
                       [&](const std::u16string& path) { return IsWithin(path, folder); });
  }

  const SyncPlan& plan_;
  const SyncTools& tools_;
  const SyncStep* step_ = nullptr;
  std::uint64_t weight_done_ = 0;
  std::uint64_t copied_before_ = 0;  // bytes that earlier copies of the same step have taken
  std::uint32_t index_ = kProgressSteps;
  bool partial_ = false;
  bool cancelled_ = false;
  std::vector<std::u16string> failed_[2];          // what a step could not be done to, by Side
  std::vector<std::u16string> failed_folders_[2];  // of it, the folders that could not be created
};

}  // namespace

SyncOutcome DoSteps(const SyncPlan& plan, const SyncTools& tools) { return Executor(plan, tools).Run(); }

}  // namespace mapisync::sample
