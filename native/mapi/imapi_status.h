#pragma once

#include "mapi/imapi_prop.h"

namespace mapi {

// The status of MAPI itself, of its spooler, or of a provider.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapistatusimapiprop
struct IMAPIStatus : IMAPIProp {
  virtual HRESULT STDMETHODCALLTYPE ValidateState(ULONG_PTR ui_param, ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE SettingsDialog(ULONG_PTR ui_param, ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE ChangePassword(void* old_password, void* new_password, ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE FlushQueues(ULONG_PTR ui_param, ULONG transport_size, ENTRYID* transport,
                                                ULONG flags) = 0;
};

}  // namespace mapi
