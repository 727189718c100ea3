#include "text/utf8.h"

#include <cstddef>
#include <cstdint>

#include "text/surrogates.h"

namespace mapisync {

namespace {

void AppendCodePoint(std::uint32_t code_point, std::u16string* text) {
  if (code_point < 0x10000) {
    text->push_back(static_cast<char16_t>(code_point));
    return;
  }
  code_point -= 0x10000;
  text->push_back(static_cast<char16_t>(0xD800 + (code_point >> 10)));
  text->push_back(static_cast<char16_t>(0xDC00 + (code_point & 0x3FF)));
}

}  // namespace

bool AppendUtf16(std::string_view utf8, std::u16string* text) {
  const std::size_t before = text->size();
  std::size_t at = 0;
  while (at < utf8.size()) {
    const auto lead = static_cast<unsigned char>(utf8[at++]);
    if (lead < 0x80) {
      text->push_back(static_cast<char16_t>(lead));
      continue;
    }
    std::size_t more = 0;
    std::uint32_t code_point = 0;
    std::uint32_t least = 0;
    if (lead >= 0xC2 && lead <= 0xDF) {
      more = 1, code_point = lead & 0x1Fu, least = 0x80;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
      more = 2, code_point = lead & 0x0Fu, least = 0x800;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
      more = 3, code_point = lead & 0x07u, least = 0x10000;
    }
    bool good = more != 0 && utf8.size() - at >= more;
    for (; good && more > 0; --more) {
      const auto next = static_cast<unsigned char>(utf8[at++]);
      good = (next & 0xC0) == 0x80;
      code_point = code_point << 6 | (next & 0x3Fu);
    }
    if (!good || code_point < least || code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
      text->resize(before);
      return false;
    }
    AppendCodePoint(code_point, text);
  }
  return true;
}

void AppendUtf8(std::u16string_view text, LoneSurrogate lone, std::string* utf8) {
  utf8->reserve(utf8->size() + text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::uint32_t code_point = text[at];
    if (IsPairAt(text, at)) {
      code_point = 0x10000 + ((code_point - 0xD800) << 10) + (text[++at] - 0xDC00u);
    } else if (lone == LoneSurrogate::kReplaced && (IsHighSurrogate(text[at]) || IsLowSurrogate(text[at]))) {
      code_point = 0xFFFD;
    }
    const auto tail = [code_point](int shift) { return static_cast<char>(0x80 | (code_point >> shift & 0x3F)); };
    if (code_point < 0x80) {
      utf8->push_back(static_cast<char>(code_point));
      continue;
    }
    if (code_point < 0x800) {
      utf8->push_back(static_cast<char>(0xC0 | code_point >> 6));
    } else {
      if (code_point < 0x10000) {
        utf8->push_back(static_cast<char>(0xE0 | code_point >> 12));
      } else {
        utf8->push_back(static_cast<char>(0xF0 | code_point >> 18));
        utf8->push_back(tail(12));
      }
      utf8->push_back(tail(6));
    }
    utf8->push_back(tail(0));
  }
}

std::string ToUtf8(std::u16string_view text) {
  std::string utf8;
  AppendUtf8(text, LoneSurrogate::kReplaced, &utf8);
  return utf8;
}

}  // namespace mapisync
