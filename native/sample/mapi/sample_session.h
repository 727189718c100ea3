#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "mapi/mapi.h"
#include "sample/mapi/com_object.h"
#include "sample/mapi/entry_id.h"
#include "sample/mapi/last_error.h"
#include "sample/mapi/properties.h"
#include "sample/mapi/session_state.h"

namespace mapisync::sample {

// A session with a profile. After its Logoff every call but Release is MAPI_E_INVALID_OBJECT. Any thread.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapisessioniunknown
class SampleSession final : public ComObject<ObjectKind::kSession, mapi::IMAPISession, mapi::IMAPIClientShutdown> {
 public:
  explicit SampleSession(std::shared_ptr<SessionState> state);

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override;

  // IMAPISession
  HRESULT STDMETHODCALLTYPE GetLastError(HRESULT result, ULONG flags, mapi::MAPIERROR** error) noexcept override;
  HRESULT STDMETHODCALLTYPE GetMsgStoresTable(ULONG flags, mapi::IMAPITable** table) noexcept override;
  HRESULT STDMETHODCALLTYPE OpenMsgStore(ULONG_PTR ui_param, ULONG entry_id_size, mapi::ENTRYID* entry_id,
                                         const IID* iid, ULONG flags, mapi::IMsgStore** store) noexcept override;
  HRESULT STDMETHODCALLTYPE OpenAddressBook(ULONG_PTR ui_param, const IID* iid, ULONG flags,
                                            mapi::IAddrBook** address_book) noexcept override;
  HRESULT STDMETHODCALLTYPE OpenProfileSection(mapi::MAPIUID* uid, const IID* iid, ULONG flags,
                                               mapi::IProfSect** section) noexcept override;
  HRESULT STDMETHODCALLTYPE GetStatusTable(ULONG flags, mapi::IMAPITable** table) noexcept override;
  HRESULT STDMETHODCALLTYPE OpenEntry(ULONG entry_id_size, mapi::ENTRYID* entry_id, const IID* iid, ULONG flags,
                                      ULONG* object_type, ::IUnknown** object) noexcept override;
  HRESULT STDMETHODCALLTYPE CompareEntryIDs(ULONG first_size, mapi::ENTRYID* first, ULONG second_size,
                                            mapi::ENTRYID* second, ULONG flags, ULONG* equal) noexcept override;
  HRESULT STDMETHODCALLTYPE Advise(ULONG entry_id_size, mapi::ENTRYID* entry_id, ULONG event_mask,
                                   mapi::IMAPIAdviseSink* sink, ULONG_PTR* connection) noexcept override;
  HRESULT STDMETHODCALLTYPE Unadvise(ULONG_PTR connection) noexcept override;
  HRESULT STDMETHODCALLTYPE MessageOptions(ULONG_PTR ui_param, ULONG flags, void* address_type,
                                           mapi::IMessage* message) noexcept override;
  HRESULT STDMETHODCALLTYPE QueryDefaultMessageOpt(void* address_type, ULONG flags, ULONG* count,
                                                   mapi::SPropValue** options) noexcept override;
  HRESULT STDMETHODCALLTYPE EnumAdrTypes(ULONG flags, ULONG* count, void*** address_types) noexcept override;
  HRESULT STDMETHODCALLTYPE QueryIdentity(ULONG* entry_id_size, mapi::ENTRYID** entry_id) noexcept override;
  // Asks the session's synchronisations to stop and waits until they have, but no longer than kLogoffWaitMs.
  HRESULT STDMETHODCALLTYPE Logoff(ULONG_PTR ui_param, ULONG flags, ULONG reserved) noexcept override;
  HRESULT STDMETHODCALLTYPE SetDefaultStore(ULONG flags, ULONG entry_id_size,
                                            mapi::ENTRYID* entry_id) noexcept override;
  HRESULT STDMETHODCALLTYPE AdminServices(ULONG flags, mapi::IMsgServiceAdmin** service_admin) noexcept override;
  HRESULT STDMETHODCALLTYPE ShowForm(ULONG_PTR ui_param, mapi::IMsgStore* store, mapi::IMAPIFolder* parent,
                                     const IID* iid, ULONG_PTR message_token, mapi::IMessage* sent, ULONG flags,
                                     ULONG status, ULONG message_flags, ULONG access,
                                     char* message_class) noexcept override;
  HRESULT STDMETHODCALLTYPE PrepareForm(const IID* iid, mapi::IMessage* message,
                                        ULONG_PTR* message_token) noexcept override;

  // IMAPIClientShutdown
  HRESULT STDMETHODCALLTYPE QueryFastShutdown() noexcept override;
  HRESULT STDMETHODCALLTYPE NotifyProcessShutdown() noexcept override;
  HRESULT STDMETHODCALLTYPE DoFastShutdown() noexcept override;

  static constexpr std::uint32_t kLogoffWaitMs = 5000;

 private:
  ~SampleSession() override;

  HRESULT MakeStoreTable(ULONG flags, mapi::IMAPITable** table);
  HRESULT MakeStatusTable(ULONG flags, mapi::IMAPITable** table);
  // The argument of OpenMsgStore and OpenEntry.
  HRESULT ReadName(const mapi::ENTRYID* entry_id, ULONG size, EntryName* name);
  HRESULT OpenNamedStore(const std::wstring& folder_name, ULONG flags, mapi::IMsgStore** store);
  HRESULT OpenStatus(const EntryName& name, ::IUnknown** object);
  bool is_over() const { return state_->is_logged_off(); }

  const std::shared_ptr<SessionState> state_;
  LastError last_error_;
};

}  // namespace mapisync::sample
