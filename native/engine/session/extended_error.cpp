#include "engine/session/extended_error.h"

#include "engine/session/mapi_buffer.h"
#include "engine/session/row_reader.h"
#include "windows/wide.h"

namespace mapisync {

namespace {

std::u16string ReadText(const void* text, bool wide) {
  if (text == nullptr) return {};
  if (!wide) return FromAnsi({static_cast<const char*>(text), strnlen(static_cast<const char*>(text), kMaxNameUnits)});
  const auto* units = static_cast<const wchar_t*>(text);
  return {AsUtf16(units), wcsnlen(units, kMaxNameUnits)};
}

}  // namespace

std::u16string ReadLastError(const Library& library, const AskLastError& ask) {
  for (const ULONG flags : {mapi::MAPI_UNICODE, ULONG{0}}) {
    MapiBuffer<mapi::MAPIERROR> error(library);
    const HRESULT result = ask(flags, error.Receive());
    if (result == mapi::MAPI_E_BAD_CHARWIDTH || result == mapi::MAPI_E_UNKNOWN_FLAGS) continue;
    // The object need not have anything to say; whatever else went wrong with asking is no news about the failure
    // itself.
    if (result != S_OK || !error) return {};
    return ReadText(error->lpszError, flags != 0);
  }
  return {};
}

}  // namespace mapisync
