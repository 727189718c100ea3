#pragma once

#include <mutex>
#include <string>

#include "mapi/mapi.h"

namespace mapisync::sample {

// What an object has to say about its last failure: the other half of its GetLastError method. Any thread.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapi-extended-errors
class LastError {
 public:
  // Remembers `text` for `result`, and returns `result`.
  HRESULT Set(HRESULT result, std::wstring text) noexcept;

  // The body of GetLastError: S_OK with NULL where there is nothing to say about `result`.
  HRESULT Get(HRESULT result, ULONG flags, mapi::MAPIERROR** error) const noexcept;

 private:
  mutable std::mutex mutex_;
  HRESULT result_ = S_OK;
  std::wstring text_;
};

}  // namespace mapisync::sample
