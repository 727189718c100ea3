#include "sample/mapi/sample_store.h"

#include <algorithm>
#include <new>
#include <utility>
#include <vector>

#include "sample/mailbox/mailbox_run.h"
#include "sample/mapi/client_call.h"
#include "sample/mapi/entry_id.h"
#include "sample/mapi/subsystem.h"
#include "sample/script/scripted_run.h"

namespace mapisync::sample {
namespace {

constexpr ULONG kLogoffFlags =
    mapi::LOGOFF_NO_WAIT | mapi::LOGOFF_ORDERLY | mapi::LOGOFF_PURGE | mapi::LOGOFF_ABORT | mapi::LOGOFF_QUIET;

// Made here and now, hence the window of the thread that opens the store; null for a store that has no use for one.
std::shared_ptr<MessageWindow> WindowFor(const StoreContents& contents) {
  if (contents.scenario == nullptr) return nullptr;
  const std::vector<ScenarioStep>& steps = contents.scenario->steps;
  const bool has_use = std::any_of(steps.begin(), steps.end(),
                                   [](const ScenarioStep& step) { return step.kind == StepKind::kSendMessage; });
  return has_use ? std::make_shared<MessageWindow>() : nullptr;
}

}  // namespace

SampleStore::SampleStore(Description description)
    : PropertyObject(std::move(description.properties)),
      session_state_(std::move(description.session_state)),
      contents_(std::move(description.contents)),
      has_spooler_at_work_(description.has_spooler_at_work && contents_.kind == StoreContents::Kind::kMailbox),
      window_(WindowFor(contents_)) {
  if (has_spooler_at_work_) session_state_->StoreOpened(contents_.folder);
}

SampleStore::~SampleStore() {
  if (has_spooler_at_work_) session_state_->StoreClosed(contents_.folder);
  if (last_callback_.get() != nullptr) CallFromRelease();
  while (Has(ScenarioOption::kBlockInRelease)) Sleep(INFINITE);
}

void SampleStore::CallFromRelease() {
  last_callback_->Progress(L"from within Release", 1, 1);
  last_callback_->Error(mapi::MAPI_W_ERRORS_RETURNED, L"from within Release");
  last_callback_->Done(nullptr, S_OK);
}

bool SampleStore::Has(ScenarioOption option) const {
  return contents_.scenario != nullptr && contents_.scenario->Has(option);
}

HRESULT SampleStore::QueryInterface(REFIID iid, void** object) noexcept {
  static constexpr GUID kKnown[] = {kIidUnknown, mapi::IID_IMAPIProp, mapi::IID_IMsgStore};
  if (object != nullptr && IsEqualGUID(iid, mapi::IID_IMAPISync)) return QuerySync(object);
  return AnswerQuery(static_cast<mapi::IMsgStore*>(this), iid, kKnown, object);
}

HRESULT SampleStore::QuerySync(void** object) noexcept {
  *object = nullptr;
  if (contents_.kind == StoreContents::Kind::kSyncless) return E_NOINTERFACE;
  if (Has(ScenarioOption::kQueryNull)) return S_OK;
  if (Has(ScenarioOption::kQueryStray)) {
    *object = static_cast<mapi::IMAPISync*>(this);
    return E_NOINTERFACE;
  }
  AddRef();
  *object = static_cast<mapi::IMAPISync*>(this);
  return S_OK;
}

HRESULT SampleStore::Advise(ULONG, mapi::ENTRYID*, ULONG, mapi::IMAPIAdviseSink*, ULONG_PTR* connection) noexcept {
  const ClientCall call;
  if (connection != nullptr) *connection = 0;
  return mapi::MAPI_E_NO_SUPPORT;
}

HRESULT SampleStore::Unadvise(ULONG_PTR) noexcept {
  const ClientCall call;
  return mapi::MAPI_E_INVALID_PARAMETER;
}

HRESULT SampleStore::CompareEntryIDs(ULONG first_size, mapi::ENTRYID* first, ULONG second_size, mapi::ENTRYID* second,
                                     ULONG flags, ULONG* equal) noexcept {
  const ClientCall call;
  std::uint32_t answer = 0;
  const HRESULT compared =
      CompareEntryIds({first, first_size}, {second, second_size}, flags, equal == nullptr ? nullptr : &answer);
  if (equal != nullptr) *equal = answer;
  return compared;
}

HRESULT SampleStore::OpenEntry(ULONG, mapi::ENTRYID*, const IID*, ULONG, ULONG* object_type,
                               ::IUnknown** object) noexcept {
  if (object_type != nullptr) *object_type = 0;
  if (object != nullptr) *object = nullptr;
  return mapi::MAPI_E_NO_SUPPORT;
}

HRESULT SampleStore::SetReceiveFolder(void*, ULONG, ULONG, mapi::ENTRYID*) noexcept { return mapi::MAPI_E_NO_SUPPORT; }

HRESULT SampleStore::GetReceiveFolder(void*, ULONG, ULONG* entry_id_size, mapi::ENTRYID** entry_id,
                                      void** explicit_class) noexcept {
  if (entry_id_size != nullptr) *entry_id_size = 0;
  if (entry_id != nullptr) *entry_id = nullptr;
  if (explicit_class != nullptr) *explicit_class = nullptr;
  return mapi::MAPI_E_NO_SUPPORT;
}

HRESULT SampleStore::GetReceiveFolderTable(ULONG, mapi::IMAPITable** table) noexcept {
  if (table != nullptr) *table = nullptr;
  return mapi::MAPI_E_NO_SUPPORT;
}

// Its flags are about mail in transports, of which there are none: a synchronisation that runs is not touched.
HRESULT SampleStore::StoreLogoff(ULONG* flags) noexcept {
  const ClientCall call;
  if (flags == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  if ((*flags & ~kLogoffFlags) != 0) return mapi::MAPI_E_UNKNOWN_FLAGS;
  *flags = mapi::LOGOFF_COMPLETE;
  return S_OK;
}

HRESULT SampleStore::AbortSubmit(ULONG, mapi::ENTRYID*, ULONG) noexcept { return mapi::MAPI_E_NO_SUPPORT; }

HRESULT SampleStore::GetOutgoingQueue(ULONG, mapi::IMAPITable** table) noexcept {
  if (table != nullptr) *table = nullptr;
  return mapi::MAPI_E_NO_SUPPORT;
}

HRESULT SampleStore::SetLockState(mapi::IMessage*, ULONG) noexcept { return mapi::MAPI_E_NO_SUPPORT; }

HRESULT SampleStore::FinishedMsg(ULONG, ULONG, mapi::ENTRYID*) noexcept { return mapi::MAPI_E_NO_SUPPORT; }

HRESULT SampleStore::NotifyNewMail(mapi::NOTIFICATION*) noexcept { return mapi::MAPI_E_NO_SUPPORT; }

HRESULT SampleStore::SynchronizeInBackground(mapi::MAPISIB* request) {
  const ClientCall call;
  if (!IsSubsystemInitialized()) return mapi::MAPI_E_NOT_INITIALIZED;
  try {
    return Start(request);
  } catch (const std::bad_alloc&) {
    return mapi::MAPI_E_NOT_ENOUGH_MEMORY;
  }
}

HRESULT SampleStore::Start(mapi::MAPISIB* request) {
  if (session_state_->TurnsAwayCall()) {
    return last_error().Set(mapi::MAPI_E_BUSY, contents_.folder + L": busy, as options.txt wants it");
  }
  if (is_busy_->exchange(true)) {
    return last_error().Set(mapi::MAPI_E_BUSY, contents_.folder + L": a synchronisation is under way");
  }
  SyncRequestRules rules;
  rules.borrows_callback = Has(ScenarioOption::kBorrowCallback);
  rules.casts_callback = Has(ScenarioOption::kCastCallback);
  rules.refuses_unknown_flags = Has(ScenarioOption::kStrictFlags);
  SyncRequest taken;
  const HRESULT checked = TakeSyncRequest(request, rules, &taken);
  if (FAILED(checked)) {
    is_busy_->store(false);
    return checked;
  }
  if (Has(ScenarioOption::kCallInRelease)) {
    taken.callback->AddRef();
    last_callback_.Adopt(taken.callback.get());
  }
  SyncRun::Owner owner;
  owner.store = ComPtr<::IUnknown>(static_cast<mapi::IMsgStore*>(this));
  owner.session_state = session_state_;
  owner.is_busy = is_busy_;
  if (contents_.kind == StoreContents::Kind::kMailbox) {
    return StartMailboxRun(contents_.folder, std::move(taken), std::move(owner));
  }
  return ScriptedRun::Synchronize({contents_.scenario, window_}, std::move(taken), std::move(owner));
}

}  // namespace mapisync::sample
