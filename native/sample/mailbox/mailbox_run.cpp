#include "sample/mailbox/mailbox_run.h"

#include <memory>
#include <utility>

#include "sample/mailbox/mailbox_sync.h"

namespace mapisync::sample {
namespace {

// Hands on to the client what a synchronisation tells. A client that answers with a failure wants it to end.
class CallbackListener final : public MailboxSyncListener {
 public:
  explicit CallbackListener(mapi::IMAPISyncProgressCallback* callback) : callback_(callback) {}

  bool OnProgress(const wchar_t* text, ULONG index, ULONG max) noexcept override {
    return SUCCEEDED(callback_->Progress(text, index, max));
  }
  bool OnProblem(HRESULT result, const wchar_t* text) noexcept override {
    return SUCCEEDED(callback_->Error(result, text));
  }

 private:
  mapi::IMAPISyncProgressCallback* const callback_;
};

}  // namespace

HRESULT StartMailboxRun(const std::wstring& store_folder, SyncRequest request, SyncRun::Owner owner) {
  const auto run = std::make_shared<SyncRun>(std::move(request), std::move(owner));
  const HRESULT entered = run->Enter();
  if (FAILED(entered)) return entered;
  if (!run->event().Create(DoneEvent::Reset::kManual)) return mapi::MAPI_E_NOT_ENOUGH_RESOURCES;
  HANDLE* const slot = run->request().event_slot;
  *slot = run->event().handle();
  const bool has_started = SyncRun::StartThread(run, [run, paths = MailboxPathsOf(store_folder)] {
    CallbackListener listener(run->callback());
    MailboxSync sync(paths, run->request().flags, &listener, &run->stop().flag());
    run->CallDone(sync.Run());
    return true;
  });
  if (has_started) return S_OK;
  *slot = nullptr;
  run->event().CloseHandleOfClient();
  return mapi::MAPI_E_NOT_ENOUGH_RESOURCES;
}

}  // namespace mapisync::sample
