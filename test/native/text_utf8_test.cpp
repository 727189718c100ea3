// UTF-16 and UTF-8, and what is neither.

#include "text/utf8.h"

#include <random>
#include <string>

#include "check.h"
#include "text/surrogates.h"

namespace mapisync {
namespace {

constexpr char16_t kLone[] = {0xD83D, u'x', 0xDE00, 0xD83D, 0};
constexpr char16_t kWrongWayRound[] = {0xDE00, 0xD83D, 0};

CASE("a pair becomes four bytes, a lone surrogate U+FFFD") {
  CHECK(ToUtf8(u"aé€😀") == "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
  CHECK(ToUtf8(kLone) == "\xEF\xBF\xBDx\xEF\xBF\xBD\xEF\xBF\xBD");
}

CASE("a lone surrogate that is kept has three bytes of its own") {
  std::string bytes = "x";
  AppendUtf8(kWrongWayRound, LoneSurrogate::kKept, &bytes);
  CHECK(bytes == "x\xED\xB8\x80\xED\xA0\xBD");
}

CASE("what is no UTF-8 appends nothing") {
  for (const char* bytes :
       {"\x80", "\xC3", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF", "a\xE2\x82"}) {
    std::u16string text = u"before";
    CHECK_SAY(!AppendUtf16(bytes, &text), bytes);
    CHECK_SAY(text == u"before", bytes);
  }
}

CASE("any text without lone surrogates comes back") {
  std::mt19937 random(20);
  std::uniform_int_distribution<int> unit(1, 0xFFFF);
  for (int round = 0; round < 2000; ++round) {
    std::u16string text;
    for (int i = 0; i < 20; ++i) {
      const auto one = static_cast<char16_t>(unit(random));
      if (IsHighSurrogate(one)) {
        text += one;
        text += static_cast<char16_t>(0xDC00 | (one & 0x3FF));
      } else if (!IsLowSurrogate(one)) {
        text += one;
      }
    }
    std::u16string back;
    CHECK(AppendUtf16(ToUtf8(text), &back));
    CHECK(back == text);
  }
}

}  // namespace
}  // namespace mapisync

int main(int argc, char** argv) { return mapisync::check::Main(argc, argv); }
