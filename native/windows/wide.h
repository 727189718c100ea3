// UTF-16 as Windows spells it, and as the engine does.
#pragma once

#include <windows.h>

#include <string>
#include <string_view>

namespace mapisync {

static_assert(sizeof(wchar_t) == sizeof(char16_t));

inline const wchar_t* AsWide(const std::u16string& text) { return reinterpret_cast<const wchar_t*>(text.c_str()); }
inline wchar_t* AsWide(std::u16string& text) { return reinterpret_cast<wchar_t*>(text.data()); }
inline const char16_t* AsUtf16(const wchar_t* text) { return reinterpret_cast<const char16_t*>(text); }

// Of the system's ANSI code page.
std::u16string FromAnsi(std::string_view text);

}  // namespace mapisync
