// What one would write first: a call of a thread-safe function for each event, with a copy of it.
#pragma once

#include "empty_callback.h"
#include "note.h"

namespace bench {

class PlainCallback final : public EmptyCallback {
 public:
  using EmptyCallback::EmptyCallback;

  HRESULT STDMETHODCALLTYPE Progress(const WCHAR* text, ULONG index, ULONG max) noexcept override;
  HRESULT STDMETHODCALLTYPE Error(HRESULT result, const WCHAR* text) noexcept override;

 private:
  ~PlainCallback() override = default;
  HRESULT Send(Note* note) noexcept;  // takes it over
};

}  // namespace bench
