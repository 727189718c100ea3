#pragma once

#include "mapi/mapi.h"
#include "sample/mapi/com_object.h"
#include "sample/mapi/last_error.h"

namespace mapisync::sample {

// Lists the profiles. They are made and removed as folders, not through MAPI. Any thread.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/iprofadminiunknown
class ProfileAdmin final : public ComObject<ObjectKind::kProfileAdmin, mapi::IProfAdmin> {
 public:
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override;
  HRESULT STDMETHODCALLTYPE GetLastError(HRESULT result, ULONG flags, mapi::MAPIERROR** error) noexcept override;
  // With flags 0 the names are ANSI, with MAPI_UNICODE wide; the _W column gives them whole with either.
  HRESULT STDMETHODCALLTYPE GetProfileTable(ULONG flags, mapi::IMAPITable** table) noexcept override;
  HRESULT STDMETHODCALLTYPE CreateProfile(void* name, void* password, ULONG_PTR ui_param,
                                          ULONG flags) noexcept override;
  HRESULT STDMETHODCALLTYPE DeleteProfile(void* name, ULONG flags) noexcept override;
  HRESULT STDMETHODCALLTYPE ChangeProfilePassword(void* name, void* old_password, void* new_password,
                                                  ULONG flags) noexcept override;
  HRESULT STDMETHODCALLTYPE CopyProfile(void* old_name, void* old_password, void* new_name, ULONG_PTR ui_param,
                                        ULONG flags) noexcept override;
  HRESULT STDMETHODCALLTYPE RenameProfile(void* old_name, void* old_password, void* new_name, ULONG_PTR ui_param,
                                          ULONG flags) noexcept override;
  HRESULT STDMETHODCALLTYPE SetDefaultProfile(void* name, ULONG flags) noexcept override;
  HRESULT STDMETHODCALLTYPE AdminServices(void* name, void* password, ULONG_PTR ui_param, ULONG flags,
                                          mapi::IMsgServiceAdmin** service_admin) noexcept override;

 private:
  ~ProfileAdmin() override = default;

  LastError last_error_;
};

}  // namespace mapisync::sample
