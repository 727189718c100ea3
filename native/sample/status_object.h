#pragma once

#include <memory>
#include <string>

#include "mapi/mapi.h"
#include "sample/com_object.h"
#include "sample/entry_id.h"
#include "sample/last_error.h"
#include "sample/properties.h"
#include "sample/session_state.h"

namespace mapisync {

// What the status table says of one thing; the status object has the same properties.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/status-tables
PropertyList StatusProperties(const EntryName& subject, const std::wstring& display_name, bool has_mail);

// The status of the subsystem, of the spooler, or of a store. Any thread.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapistatusimapiprop
class StatusObject final : public ComObject<ObjectKind::kStatus, mapi::IMAPIStatus> {
 public:
  StatusObject(std::shared_ptr<SessionState> session_state, EntryKind kind, PropertyList properties);

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

  // IMAPIStatus
  HRESULT STDMETHODCALLTYPE ValidateState(ULONG_PTR ui_param, ULONG flags) noexcept override;
  HRESULT STDMETHODCALLTYPE SettingsDialog(ULONG_PTR ui_param, ULONG flags) noexcept override;
  HRESULT STDMETHODCALLTYPE ChangePassword(void* old_password, void* new_password, ULONG flags) noexcept override;
  // The spooler: brings the open mailbox stores up to date, one after another, before it returns.
  HRESULT STDMETHODCALLTYPE FlushQueues(ULONG_PTR ui_param, ULONG transport_size, mapi::ENTRYID* transport,
                                        ULONG flags) noexcept override;

 private:
  ~StatusObject() override = default;

  HRESULT FlushStores(ULONG sync_flags);

  const std::shared_ptr<SessionState> session_state_;
  const EntryKind kind_;
  const PropertyList properties_;
  LastError last_error_;
};

}  // namespace mapisync
