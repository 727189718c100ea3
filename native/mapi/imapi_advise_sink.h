#pragma once

#include "mapi/platform.h"

namespace mapi {

struct NOTIFICATION;

// Told by MAPI about changes.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapiadvisesinkiunknown
struct IMAPIAdviseSink : ::IUnknown {
  virtual ULONG STDMETHODCALLTYPE OnNotify(ULONG count, NOTIFICATION* notifications) = 0;
};

}  // namespace mapi
