// UTF-16 into UTF-8 and back.
#pragma once

#include <string>
#include <string_view>

namespace mapisync {

// Appends to `*text`; false, with `*text` as it was, where the bytes are no UTF-8 (overlong forms and encoded
// surrogates are none).
bool AppendUtf16(std::string_view utf8, std::u16string* text);

// What becomes of a surrogate without its partner: U+FFFD, or the three bytes that the scheme of UTF-8 gives it, which
// are no UTF-8 but can be read back.
enum class LoneSurrogate { kReplaced, kKept };

void AppendUtf8(std::u16string_view text, LoneSurrogate lone, std::string* utf8);

// Strict: lone surrogates are replaced.
std::string ToUtf8(std::u16string_view text);

}  // namespace mapisync
