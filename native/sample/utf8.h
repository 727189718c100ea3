// UTF-8 into UTF-16 and back, strictly: the sample's text files are written by other hands.
#pragma once

#include <string>
#include <string_view>

namespace mapisync {

// Appends to `*text`; false, with `*text` as it was, where the bytes are no UTF-8 (overlong forms and encoded
// surrogates are none).
bool AppendUtf16(std::string_view utf8, std::u16string* text);

// Appends to `*utf8`; a lone surrogate becomes U+FFFD.
void AppendUtf8(std::u16string_view text, std::string* utf8);

constexpr bool IsHighSurrogate(char16_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
constexpr bool IsLowSurrogate(char16_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

}  // namespace mapisync
