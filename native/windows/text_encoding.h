// UTF-16 and the encodings that it is exchanged in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mapisync {

// UTF-8 to UTF-16; nothing where `utf8` is not well-formed.
std::optional<std::wstring> WideFromUtf8(std::string_view utf8);

// UTF-16 to UTF-8, reversible: an unpaired surrogate, which a file name on Windows may contain, becomes the three bytes
// that the scheme of UTF-8 gives it.
std::string ReversibleUtf8FromWide(std::wstring_view wide);
// Its inverse.
std::wstring WideFromReversibleUtf8(std::string_view bytes);

// To and from the ANSI code page, for MAPI calls without MAPI_UNICODE. What the code page lacks becomes '?'.
std::string AnsiFromWide(std::wstring_view wide);
std::wstring WideFromAnsi(std::string_view ansi);

}  // namespace mapisync
