// What a MAPI object says about its last failure.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapi-extended-errors
#pragma once

#include <functional>
#include <string>

#include "engine/failure.h"
#include "engine/hresult.h"
#include "engine/library/library.h"

namespace mapisync {

using AskLastError = std::function<HRESULT(ULONG flags, mapi::MAPIERROR** error)>;

// Asks for UTF-16, then for ANSI text. Empty where the object says nothing.
std::u16string ReadLastError(const Library& library, const AskLastError& ask);

// The failure of a call on `object`. Right after the call, on the same thread.
template <typename Object>
Failure DescribeFailure(const Library& library, Object* object, const char* operation, HRESULT result) {
  return {operation,
          Unsigned(result),
          ReadLastError(library,
                        [object, result](ULONG flags, mapi::MAPIERROR** error) {
                          return object->GetLastError(result, flags, error);
                        }),
          {}};
}

}  // namespace mapisync
