#pragma once

#include <atomic>
#include <memory>

#include "mapi/mapi.h"
#include "sample/mapi/properties.h"
#include "sample/mapi/property_object.h"
#include "sample/mapi/session_state.h"
#include "sample/mapi/sync_run.h"
#include "sample/profile/store_contents.h"
#include "sample/script/message_window.h"

namespace mapisync::sample {

// A message store of the sample. It has properties and can be synchronised; folders and messages are files, and not
// offered through MAPI. Any thread.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imsgstoreimapiprop
class SampleStore final : public PropertyObject<ObjectKind::kStore, mapi::IMsgStore, mapi::IMAPISync> {
 public:
  struct Description {
    std::shared_ptr<SessionState> session_state;
    StoreContents contents;
    PropertyList properties;
    bool has_spooler_at_work = false;  // opened without MDB_NO_MAIL
  };
  explicit SampleStore(Description description);

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override;

  // IMsgStore
  HRESULT STDMETHODCALLTYPE Advise(ULONG entry_id_size, mapi::ENTRYID* entry_id, ULONG event_mask,
                                   mapi::IMAPIAdviseSink* sink, ULONG_PTR* connection) noexcept override;
  HRESULT STDMETHODCALLTYPE Unadvise(ULONG_PTR connection) noexcept override;
  HRESULT STDMETHODCALLTYPE CompareEntryIDs(ULONG first_size, mapi::ENTRYID* first, ULONG second_size,
                                            mapi::ENTRYID* second, ULONG flags, ULONG* equal) noexcept override;
  HRESULT STDMETHODCALLTYPE OpenEntry(ULONG entry_id_size, mapi::ENTRYID* entry_id, const IID* iid, ULONG flags,
                                      ULONG* object_type, ::IUnknown** object) noexcept override;
  HRESULT STDMETHODCALLTYPE SetReceiveFolder(void* message_class, ULONG flags, ULONG entry_id_size,
                                             mapi::ENTRYID* entry_id) noexcept override;
  HRESULT STDMETHODCALLTYPE GetReceiveFolder(void* message_class, ULONG flags, ULONG* entry_id_size,
                                             mapi::ENTRYID** entry_id, void** explicit_class) noexcept override;
  HRESULT STDMETHODCALLTYPE GetReceiveFolderTable(ULONG flags, mapi::IMAPITable** table) noexcept override;
  HRESULT STDMETHODCALLTYPE StoreLogoff(ULONG* flags) noexcept override;
  HRESULT STDMETHODCALLTYPE AbortSubmit(ULONG entry_id_size, mapi::ENTRYID* entry_id, ULONG flags) noexcept override;
  HRESULT STDMETHODCALLTYPE GetOutgoingQueue(ULONG flags, mapi::IMAPITable** table) noexcept override;
  HRESULT STDMETHODCALLTYPE SetLockState(mapi::IMessage* message, ULONG lock_state) noexcept override;
  HRESULT STDMETHODCALLTYPE FinishedMsg(ULONG flags, ULONG entry_id_size, mapi::ENTRYID* entry_id) noexcept override;
  HRESULT STDMETHODCALLTYPE NotifyNewMail(mapi::NOTIFICATION* notification) noexcept override;

  // IMAPISync. Not noexcept: a scenario may throw through it.
  HRESULT STDMETHODCALLTYPE SynchronizeInBackground(mapi::MAPISIB* request) override;

 private:
  ~SampleStore() override;

  bool Has(ScenarioOption option) const;
  void CallFromRelease();
  HRESULT QuerySync(void** object) noexcept;
  HRESULT Start(mapi::MAPISIB* request);

  const std::shared_ptr<SessionState> session_state_;
  const StoreContents contents_;
  const bool has_spooler_at_work_;
  const std::shared_ptr<MessageWindow>
      window_;  // made by the thread that opens the store, where its scenario wants one
  const std::shared_ptr<std::atomic<bool>> is_busy_ = std::make_shared<std::atomic<bool>>(false);
  CallbackReference last_callback_;  // kept for a scenario that calls in its last Release
};

}  // namespace mapisync::sample
