#pragma once

#include "mapi/platform.h"

namespace mapi {

// For a process that is about to end: asked of the session. After DoFastShutdown no MAPI call is allowed any more.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapiclientshutdowniunknown
struct IMAPIClientShutdown : ::IUnknown {
  virtual HRESULT STDMETHODCALLTYPE QueryFastShutdown() = 0;
  virtual HRESULT STDMETHODCALLTYPE NotifyProcessShutdown() = 0;
  virtual HRESULT STDMETHODCALLTYPE DoFastShutdown() = 0;
};

}  // namespace mapi
