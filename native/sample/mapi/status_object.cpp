#include "sample/mapi/status_object.h"

#include <new>
#include <utility>

#include "sample/mailbox/mailbox_sync.h"
#include "sample/mapi/client_call.h"
#include "sample/mapi/stop_signal.h"

namespace mapisync::sample {
namespace {

constexpr wchar_t kDllName[] = L"mapisync-sample.dll";
constexpr ULONG kFlushFlags =
    mapi::FLUSH_UPLOAD | mapi::FLUSH_DOWNLOAD | mapi::FLUSH_FORCE | mapi::FLUSH_NO_UI | mapi::FLUSH_ASYNC_OK;

ULONG ResourceType(EntryKind kind) {
  switch (kind) {
    case EntryKind::kSubsystem:
      return mapi::MAPI_SUBSYSTEM;
    case EntryKind::kSpooler:
      return mapi::MAPI_SPOOLER;
    default:
      return mapi::MAPI_STORE_PROVIDER;
  }
}

ULONG ResourceMethods(EntryKind kind) {
  return kind == EntryKind::kSpooler ? mapi::STATUS_VALIDATE_STATE | mapi::STATUS_FLUSH_QUEUES
                                     : mapi::STATUS_VALIDATE_STATE;
}

// A flush has nobody to tell: what could not be done shows in the result alone.
class SilentListener final : public MailboxSyncListener {
 public:
  bool OnProgress(const wchar_t*, ULONG, ULONG) noexcept override { return true; }
  bool OnProblem(HRESULT, const wchar_t*) noexcept override { return true; }
};

}  // namespace

PropertyList StatusProperties(const EntryName& subject, const std::wstring& display_name, bool has_mail) {
  const bool has_failed = subject.kind == EntryKind::kSpooler && !has_mail;
  const std::vector<std::uint8_t> entry_id = MakeEntryId(subject.kind, subject.name);
  return PropertyList({
      TextProperty(mapi::PR_DISPLAY_NAME_W, display_name),
      BinaryProperty(mapi::PR_ENTRYID, entry_id),
      BinaryProperty(mapi::PR_INSTANCE_KEY, entry_id),
      NumberProperty(mapi::PR_OBJECT_TYPE, mapi::MAPI_STATUS),
      TextProperty(mapi::PR_PROVIDER_DISPLAY_W, L"mapisync sample MAPI"),
      TextProperty(mapi::PR_PROVIDER_DLL_NAME_W, kDllName),
      NumberProperty(mapi::PR_RESOURCE_FLAGS, 0),
      NumberProperty(mapi::PR_RESOURCE_METHODS, ResourceMethods(subject.kind)),
      NumberProperty(mapi::PR_RESOURCE_TYPE, ResourceType(subject.kind)),
      NumberProperty(mapi::PR_STATUS_CODE, has_failed ? mapi::STATUS_FAILURE : mapi::STATUS_AVAILABLE),
  });
}

StatusObject::StatusObject(std::shared_ptr<SessionState> session_state, EntryKind kind, PropertyList properties)
    : PropertyObject(std::move(properties)), session_state_(std::move(session_state)), kind_(kind) {}

HRESULT StatusObject::QueryInterface(REFIID iid, void** object) noexcept {
  static constexpr GUID kKnown[] = {kIidUnknown, mapi::IID_IMAPIProp, mapi::IID_IMAPIStatus};
  return AnswerQuery(static_cast<mapi::IMAPIStatus*>(this), iid, kKnown, object);
}

HRESULT StatusObject::ValidateState(ULONG_PTR, ULONG) noexcept {
  const ClientCall call;
  return session_state_->is_logged_off() ? mapi::MAPI_E_INVALID_OBJECT : S_OK;
}

HRESULT StatusObject::SettingsDialog(ULONG_PTR, ULONG) noexcept { return mapi::MAPI_E_NO_SUPPORT; }

HRESULT StatusObject::ChangePassword(void*, void*, ULONG) noexcept { return mapi::MAPI_E_NO_SUPPORT; }

HRESULT StatusObject::FlushQueues(ULONG_PTR, ULONG, mapi::ENTRYID*, ULONG flags) noexcept {
  const ClientCall call;
  if (kind_ != EntryKind::kSpooler || !session_state_->has_mail()) return mapi::MAPI_E_NO_SUPPORT;
  if ((flags & ~kFlushFlags) != 0) return mapi::MAPI_E_UNKNOWN_FLAGS;
  ULONG sync_flags = 0;
  if ((flags & mapi::FLUSH_UPLOAD) != 0) {
    sync_flags |= mapi::SYNC_UPLOAD_HIERARCHY | mapi::SYNC_UPLOAD_CONTENTS | mapi::SYNC_OUTGOING_MAIL;
  }
  if ((flags & mapi::FLUSH_DOWNLOAD) != 0) {
    sync_flags |= mapi::SYNC_DOWNLOAD_HIERARCHY | mapi::SYNC_DOWNLOAD_CONTENTS;
  }
  try {
    return FlushStores(sync_flags);
  } catch (const std::bad_alloc&) {
    return mapi::MAPI_E_NOT_ENOUGH_MEMORY;
  }
}

HRESULT StatusObject::FlushStores(ULONG sync_flags) {
  const auto stop = std::make_shared<StopSignal>();
  const auto token = SessionState::BeginRun(session_state_, stop);
  if (!token) return mapi::MAPI_E_INVALID_OBJECT;
  HRESULT result = S_OK;
  for (const std::wstring& folder : session_state_->OpenStores()) {
    SilentListener listener;
    MailboxSync sync(MailboxPathsOf(folder), sync_flags, &listener, &stop->flag());
    const HRESULT one = sync.Run();
    if (FAILED(one)) last_error().Set(one, folder + L": could not be brought up to date");
    // The first failure is the answer, a warning only where nothing has failed.
    if (SUCCEEDED(result) && one != S_OK) result = one;
  }
  return result;
}

}  // namespace mapisync::sample
