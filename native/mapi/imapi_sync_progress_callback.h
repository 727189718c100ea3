#pragma once

#include "mapi/platform.h"

namespace mapi {

// Implemented by the caller of IMAPISync; called by the provider, from any thread.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapisyncprogresscallbackiunknown
struct IMAPISyncProgressCallback : ::IUnknown {
  // `text` may be NULL: only the position has changed.
  virtual HRESULT STDMETHODCALLTYPE Progress(const WCHAR* text, ULONG index, ULONG max) = 0;
  // `result` may be an error or a warning; the synchronisation goes on.
  virtual HRESULT STDMETHODCALLTYPE Error(HRESULT result, const WCHAR* text) = 0;
  // `thread_done_event`, which may be NULL, is handed over for the caller to close.
  virtual HRESULT STDMETHODCALLTYPE Done(HANDLE thread_done_event, HRESULT result) = 0;
};

}  // namespace mapi
