// One synchronisation of a mailbox store: server/ and local/, two trees of folders and .eml files, are brought together
// by the record of the last run. What to do is planned by sync_planner, and done, step by step, by sync_executor; this
// class gives them the real files, and holds the store against a second run.
#pragma once

#include <atomic>
#include <string>

#include "mapi/mapi.h"
#include "windows/long_path.h"

namespace mapisync::sample {

// Who hears of a run. All calls come from the thread that runs it.
class MailboxSyncListener {
 public:
  virtual ~MailboxSyncListener() = default;
  // Both answer whether to go on: false ends the run with MAPI_E_USER_CANCEL. The text is valid during the call.
  // `index` of `max` is done; max is the same in every call of a run, and the index never goes back.
  virtual bool OnProgress(const wchar_t* text, ULONG index, ULONG max) noexcept = 0;
  // `result` is a failing HRESULT, or a succeeding one for a warning; the text names the file or folder.
  virtual bool OnProblem(HRESULT result, const wchar_t* text) noexcept = 0;
};

struct MailboxPaths {
  std::wstring server;  // a folder that exists
  std::wstring local;   // a folder that exists
  std::wstring record;  // a file that the run makes: sync-record.txt in the store's folder
};

// Where a mailbox store keeps what: two trees, and the record of the last run beside them.
inline MailboxPaths MailboxPathsOf(const std::wstring& store_folder) {
  return {JoinPath(store_folder, L"server"), JoinPath(store_folder, L"local"),
          JoinPath(store_folder, L"sync-record.txt")};
}

// However the process ends, no message is lost, doubled or halved, and the next run completes: a message is written
// beside its place and renamed into it, and the journal of the record follows each step. Where the power fails, that
// holds for messages that replace or move another, which are flushed to the disk first; a new copy may be damaged if
// the system had not written it yet.
class MailboxSync {
 public:
  // `flags` is MAPISIB::ulFlags. The listener and the stop flag (set by any thread) must outlive Run.
  MailboxSync(MailboxPaths paths, ULONG flags, MailboxSyncListener* listener, const std::atomic<bool>* stop);

  // Any one thread; blocks until the run is over. May be called once.
  //   S_OK                        done, warnings included; also where the flags ask for nothing
  //   MAPI_W_PARTIAL_COMPLETION   some of it could not be done and was reported as a problem
  //   MAPI_E_USER_CANCEL          the listener or the stop flag ended it; what was done is recorded
  //   MAPI_E_BUSY                 another run, in this process or another, is at work on this store
  //   another failure             a tree as a whole cannot be read (nothing was changed), or memory ran out
  HRESULT Run() noexcept;

 private:
  HRESULT RunGuarded();

  MailboxPaths paths_;
  ULONG flags_;
  MailboxSyncListener* listener_;
  const std::atomic<bool>* stop_;
};

}  // namespace mapisync::sample
