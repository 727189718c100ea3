#pragma once

#include <atomic>
#include <memory>

#include "mapi/mapi.h"
#include "sample/com_object.h"
#include "sample/last_error.h"
#include "sample/message_window.h"
#include "sample/properties.h"
#include "sample/session_state.h"
#include "sample/store_contents.h"
#include "sample/sync_run.h"

namespace mapisync {

// A message store of the sample. It has properties and can be synchronised; folders and messages are files, and not
// offered through MAPI. Any thread.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imsgstoreimapiprop
class SampleStore final : public ComObject<ObjectKind::kStore, mapi::IMsgStore, mapi::IMAPISync> {
 public:
  struct Description {
    std::shared_ptr<SessionState> session_state;
    StoreContents contents;
    PropertyList properties;
    bool has_spooler_at_work = false;  // opened without MDB_NO_MAIL
  };
  explicit SampleStore(Description description);

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override;

  // IMAPIProp
  HRESULT STDMETHODCALLTYPE GetLastError(HRESULT result, ULONG flags, mapi::MAPIERROR** error) noexcept override;
  HRESULT STDMETHODCALLTYPE SaveChanges(ULONG flags) noexcept override;
  HRESULT STDMETHODCALLTYPE GetProps(mapi::SPropTagArray* tags, ULONG flags, ULONG* count,
                                     mapi::SPropValue** values) noexcept override;
  HRESULT STDMETHODCALLTYPE GetPropList(ULONG flags, mapi::SPropTagArray** tags) noexcept override;
  HRESULT STDMETHODCALLTYPE OpenProperty(ULONG tag, const IID* iid, ULONG interface_options, ULONG flags,
                                         ::IUnknown** object) noexcept override;
  HRESULT STDMETHODCALLTYPE SetProps(ULONG count, mapi::SPropValue* values,
                                     mapi::SPropProblemArray** problems) noexcept override;
  HRESULT STDMETHODCALLTYPE DeleteProps(mapi::SPropTagArray* tags,
                                        mapi::SPropProblemArray** problems) noexcept override;
  HRESULT STDMETHODCALLTYPE CopyTo(ULONG excluded_iid_count, const IID* excluded_iids,
                                   mapi::SPropTagArray* excluded_tags, ULONG_PTR ui_param,
                                   mapi::IMAPIProgress* progress, const IID* iid, void* destination, ULONG flags,
                                   mapi::SPropProblemArray** problems) noexcept override;
  HRESULT STDMETHODCALLTYPE CopyProps(mapi::SPropTagArray* tags, ULONG_PTR ui_param, mapi::IMAPIProgress* progress,
                                      const IID* iid, void* destination, ULONG flags,
                                      mapi::SPropProblemArray** problems) noexcept override;
  HRESULT STDMETHODCALLTYPE GetNamesFromIDs(mapi::SPropTagArray** tags, GUID* property_set, ULONG flags, ULONG* count,
                                            mapi::MAPINAMEID*** names) noexcept override;
  HRESULT STDMETHODCALLTYPE GetIDsFromNames(ULONG count, mapi::MAPINAMEID** names, ULONG flags,
                                            mapi::SPropTagArray** tags) noexcept override;

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
  const PropertyList properties_;
  const bool has_spooler_at_work_;
  const std::shared_ptr<MessageWindow>
      window_;  // made by the thread that opens the store, where its scenario wants one
  const std::shared_ptr<std::atomic<bool>> is_busy_ = std::make_shared<std::atomic<bool>>(false);
  LastError last_error_;
  CallbackReference last_callback_;  // kept for a scenario that calls in its last Release
};

}  // namespace mapisync
