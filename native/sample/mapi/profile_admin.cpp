#include "sample/mapi/profile_admin.h"

#include <new>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sample/mapi/client_call.h"
#include "sample/mapi/properties.h"
#include "sample/mapi/table_builder.h"
#include "sample/profile/profile.h"

namespace mapisync::sample {

HRESULT ProfileAdmin::QueryInterface(REFIID iid, void** object) noexcept {
  static constexpr GUID kKnown[] = {kIidUnknown, mapi::IID_IProfAdmin};
  return AnswerQuery(static_cast<mapi::IProfAdmin*>(this), iid, kKnown, object);
}

HRESULT ProfileAdmin::GetLastError(HRESULT result, ULONG flags, mapi::MAPIERROR** error) noexcept {
  const ClientCall call;
  return last_error_.Get(result, flags, error);
}

HRESULT ProfileAdmin::GetProfileTable(ULONG flags, mapi::IMAPITable** table) noexcept {
  const ClientCall call;
  if (table == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  *table = nullptr;
  try {
    const std::optional<std::wstring> default_name = DefaultProfileName();
    std::vector<PropertyList> rows;
    for (std::wstring& name : ProfileNames()) {
      const bool is_default = name == default_name;
      rows.push_back(PropertyList({
          TextProperty(mapi::PR_DISPLAY_NAME_W, std::move(name)),
          BooleanProperty(mapi::PR_DEFAULT_PROFILE, is_default),
      }));
    }
    return BuildTable({mapi::PR_DISPLAY_NAME_W, mapi::PR_DEFAULT_PROFILE}, std::move(rows), {}, flags, table);
  } catch (const std::bad_alloc&) {
    return mapi::MAPI_E_NOT_ENOUGH_MEMORY;
  }
}

HRESULT ProfileAdmin::CreateProfile(void*, void*, ULONG_PTR, ULONG) noexcept { return mapi::MAPI_E_NO_SUPPORT; }

HRESULT ProfileAdmin::DeleteProfile(void*, ULONG) noexcept { return mapi::MAPI_E_NO_SUPPORT; }

HRESULT ProfileAdmin::ChangeProfilePassword(void*, void*, void*, ULONG) noexcept { return mapi::MAPI_E_NO_SUPPORT; }

HRESULT ProfileAdmin::CopyProfile(void*, void*, void*, ULONG_PTR, ULONG) noexcept { return mapi::MAPI_E_NO_SUPPORT; }

HRESULT ProfileAdmin::RenameProfile(void*, void*, void*, ULONG_PTR, ULONG) noexcept { return mapi::MAPI_E_NO_SUPPORT; }

HRESULT ProfileAdmin::SetDefaultProfile(void*, ULONG) noexcept { return mapi::MAPI_E_NO_SUPPORT; }

HRESULT ProfileAdmin::AdminServices(void*, void*, ULONG_PTR, ULONG, mapi::IMsgServiceAdmin** service_admin) noexcept {
  if (service_admin != nullptr) *service_admin = nullptr;
  return mapi::MAPI_E_NO_SUPPORT;
}

}  // namespace mapisync::sample
