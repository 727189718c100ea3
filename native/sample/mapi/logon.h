#pragma once

#include <optional>
#include <string>

#include "mapi/mapi.h"

namespace mapisync::sample {

struct LogonRequest {
  std::optional<std::wstring> profile;  // absent: NULL or empty
  ULONG flags = 0;
};

// The body of MAPILogonEx. There is no user to ask: a profile that is not told, and no default, is MAPI_E_LOGON_FAILED
// with MAPI_LOGON_UI as well; a profile that does not exist is MAPI_E_NOT_FOUND.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapilogonex
HRESULT LogOn(const LogonRequest& request, mapi::IMAPISession** session);

}  // namespace mapisync::sample
