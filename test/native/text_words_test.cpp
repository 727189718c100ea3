// Numbers and words: what is read, what is refused, and what a message shows.
#include "text/words.h"

#include "check.h"

namespace {

using mapisync::Decimal;
using mapisync::ParseDigits;
using mapisync::ParseNumber;
using mapisync::Quoted;

CASE("numbers are decimal or hexadecimal, and have 32 bits") {
  CHECK(ParseNumber("0") == 0u && ParseNumber("007") == 7u && ParseNumber("4294967295") == 0xFFFFFFFFu);
  CHECK(ParseNumber("0x0") == 0u && ParseNumber("0XfF") == 255u && ParseNumber("0xFFFFFFFF") == 0xFFFFFFFFu);
  for (const char* word : {"", "0x", "-1", "+1", " 1", "1 ", "1a", "0xG", "4294967296", "0x100000000", "1.0"}) {
    CHECK_SAY(!ParseNumber(word), word);
  }
}

CASE("digits are read up to the largest value") {
  CHECK(ParseDigits("18446744073709551615", 10) == UINT64_MAX && !ParseDigits("18446744073709551616", 10));
  CHECK(ParseDigits("ffffffffffffffff", 16) == UINT64_MAX && !ParseDigits("10000000000000000", 16));
  CHECK(ParseDigits("7", 8, 7) == 7u && !ParseDigits("10", 8, 7) && !ParseDigits("8", 8));
}

CASE("a number is written in decimal") {
  CHECK(Decimal(0) == u"0" && Decimal(10) == u"10" && Decimal(4294967295u) == u"4294967295");
}

CASE("a quoted word is printable and short") {
  CHECK(Quoted("") == "\"\"" && Quoted("a\"\n\xFF") == "\"a???\"");
  CHECK(Quoted(std::string(41, 'y')) == "\"" + std::string(40, 'y') + "...\"");
}

}  // namespace

int main(int argc, char** argv) { return mapisync::check::Main(argc, argv); }
