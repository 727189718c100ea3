// UTF-16 as Windows spells it, and as the engine does.
#pragma once

#include <string>
#include <string_view>

#include "windows/text_encoding.h"

namespace mapisync {

static_assert(sizeof(wchar_t) == sizeof(char16_t));

inline const wchar_t* AsWide(const std::u16string& text) { return reinterpret_cast<const wchar_t*>(text.c_str()); }
inline wchar_t* AsWide(std::u16string& text) { return reinterpret_cast<wchar_t*>(text.data()); }
inline const char16_t* AsUtf16(const wchar_t* text) { return reinterpret_cast<const char16_t*>(text); }

// From the ANSI code page.
inline std::u16string FromAnsi(std::string_view text) {
  const std::wstring wide = WideFromAnsi(text);
  return {AsUtf16(wide.c_str()), wide.size()};
}

}  // namespace mapisync
