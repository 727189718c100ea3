#pragma once

#include <memory>
#include <string>

#include "mapi/mapi.h"
#include "sample/mapi/entry_id.h"
#include "sample/mapi/properties.h"
#include "sample/mapi/property_object.h"
#include "sample/mapi/session_state.h"

namespace mapisync::sample {

// What the status table says of one thing; the status object has the same properties.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/status-tables
PropertyList StatusProperties(const EntryName& subject, const std::wstring& display_name, bool has_mail);

// The status of the subsystem, of the spooler, or of a store. Any thread.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapistatusimapiprop
class StatusObject final : public PropertyObject<ObjectKind::kStatus, mapi::IMAPIStatus> {
 public:
  StatusObject(std::shared_ptr<SessionState> session_state, EntryKind kind, PropertyList properties);

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override;

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
};

}  // namespace mapisync::sample
