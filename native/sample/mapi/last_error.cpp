#include "sample/mapi/last_error.h"

#include <cstring>
#include <new>
#include <utility>

#include "sample/mapi/mapi_memory.h"
#include "windows/text_encoding.h"

namespace mapisync::sample {
namespace {

constexpr wchar_t kComponent[] = L"mapisync sample MAPI";

template <typename Char>
Char* CopyInto(void* block, std::size_t offset, const std::basic_string<Char>& text) {
  auto* copy = reinterpret_cast<Char*>(static_cast<char*>(block) + offset);
  std::memcpy(copy, text.c_str(), (text.size() + 1) * sizeof(Char));
  return copy;
}

// One block, strings included, as every client expects it.
template <typename Char>
HRESULT MakeError(const std::basic_string<Char>& text, const std::basic_string<Char>& component, ULONG low_level,
                  mapi::MAPIERROR** error) {
  const std::size_t text_size = (text.size() + 1) * sizeof(Char);
  void* block = AllocateMapiBuffer(sizeof(mapi::MAPIERROR) + text_size + (component.size() + 1) * sizeof(Char));
  if (block == nullptr) return mapi::MAPI_E_NOT_ENOUGH_MEMORY;
  auto* result = static_cast<mapi::MAPIERROR*>(block);
  result->ulVersion = mapi::MAPI_ERROR_VERSION;
  result->lpszError = CopyInto(block, sizeof(mapi::MAPIERROR), text);
  result->lpszComponent = CopyInto(block, sizeof(mapi::MAPIERROR) + text_size, component);
  result->ulLowLevelError = low_level;
  result->ulContext = 0;
  *error = result;
  return S_OK;
}

}  // namespace

HRESULT LastError::Set(HRESULT result, std::wstring text) noexcept {
  const std::lock_guard lock(mutex_);
  result_ = result;
  text_ = std::move(text);
  return result;
}

HRESULT LastError::Get(HRESULT result, ULONG flags, mapi::MAPIERROR** error) const noexcept {
  if (error == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  *error = nullptr;
  if ((flags & ~mapi::MAPI_UNICODE) != 0) return mapi::MAPI_E_UNKNOWN_FLAGS;
  try {
    std::wstring text;
    {
      const std::lock_guard lock(mutex_);
      if (result != result_ || text_.empty()) return S_OK;
      text = text_;
    }
    if ((flags & mapi::MAPI_UNICODE) != 0) {
      return MakeError(text, std::wstring(kComponent), static_cast<ULONG>(result), error);
    }
    return MakeError(AnsiFromWide(text), AnsiFromWide(kComponent), static_cast<ULONG>(result), error);
  } catch (const std::bad_alloc&) {
    return mapi::MAPI_E_NOT_ENOUGH_MEMORY;
  }
}

}  // namespace mapisync::sample
