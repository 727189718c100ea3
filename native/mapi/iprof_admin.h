#pragma once

#include "mapi/imapi_table.h"

namespace mapi {

struct IMsgServiceAdmin;

// The profiles of this user. Names are CHAR strings without MAPI_UNICODE.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/iprofadminiunknown
struct IProfAdmin : ::IUnknown {
  virtual HRESULT STDMETHODCALLTYPE GetLastError(HRESULT result, ULONG flags, MAPIERROR** error) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetProfileTable(ULONG flags, IMAPITable** table) = 0;
  virtual HRESULT STDMETHODCALLTYPE CreateProfile(void* name, void* password, ULONG_PTR ui_param, ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE DeleteProfile(void* name, ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE ChangeProfilePassword(void* name, void* old_password, void* new_password,
                                                          ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE CopyProfile(void* old_name, void* old_password, void* new_name, ULONG_PTR ui_param,
                                                ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE RenameProfile(void* old_name, void* old_password, void* new_name,
                                                  ULONG_PTR ui_param, ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetDefaultProfile(void* name, ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE AdminServices(void* name, void* password, ULONG_PTR ui_param, ULONG flags,
                                                  IMsgServiceAdmin** service_admin) = 0;
};

}  // namespace mapi
