// The floor: a callback that does nothing with what it is told, but for the end.
#pragma once

#include <node_api.h>

#include <atomic>

#include "mapi/mapi.h"

namespace bench {

class EmptyCallback : public mapi::IMAPISyncProgressCallback {
 public:
  // Born with one reference. `function` takes Notes, and outlives the Done call.
  explicit EmptyCallback(napi_threadsafe_function function) : function_(function) {}
  EmptyCallback(const EmptyCallback&) = delete;
  EmptyCallback& operator=(const EmptyCallback&) = delete;

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override;
  ULONG STDMETHODCALLTYPE AddRef() noexcept override;
  ULONG STDMETHODCALLTYPE Release() noexcept override;
  HRESULT STDMETHODCALLTYPE Progress(const WCHAR* text, ULONG index, ULONG max) noexcept override;
  HRESULT STDMETHODCALLTYPE Error(HRESULT result, const WCHAR* text) noexcept override;
  HRESULT STDMETHODCALLTYPE Done(HANDLE thread_done_event, HRESULT result) noexcept override;

 protected:
  virtual ~EmptyCallback() = default;
  napi_threadsafe_function function() const { return function_; }

 private:
  const napi_threadsafe_function function_;
  std::atomic<ULONG> references_{1};
};

}  // namespace bench
