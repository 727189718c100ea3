// The halves of UTF-16's pairs, which may stand alone in any text that Windows hands on.
#pragma once

#include <cstddef>
#include <string_view>

namespace mapisync {

constexpr bool IsHighSurrogate(char16_t unit) { return (unit & 0xFC00) == 0xD800; }
constexpr bool IsLowSurrogate(char16_t unit) { return (unit & 0xFC00) == 0xDC00; }

constexpr bool IsPairAt(std::u16string_view text, std::size_t at) {
  return IsHighSurrogate(text[at]) && at + 1 < text.size() && IsLowSurrogate(text[at + 1]);
}

}  // namespace mapisync
