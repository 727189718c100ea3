// The end of a message's header block: every kind of line end, in pieces of every size.

#include "sample/mailbox/eml_header.h"

#include <algorithm>
#include <random>
#include <string>
#include <string_view>

#include "check.h"

namespace {

struct Found {
  std::size_t length = 0;
  bool complete = false;
  friend bool operator==(const Found&, const Found&) = default;
};

Found Scan(std::string_view file, std::size_t piece) {
  mapisync::sample::EmlHeaderScanner scanner;
  Found found;
  for (std::size_t at = 0; at < file.size(); at += piece) {
    const std::string_view part = file.substr(at, piece);
    found.length += scanner.Feed({part.data(), part.size()});
  }
  found.complete = scanner.complete();
  return found;
}

// The same by another way: line by line.
Found ByLines(std::string_view file) {
  std::size_t at = 0;
  while (at < file.size()) {
    const std::size_t end = file.find('\n', at);
    if (end == std::string_view::npos) return {file.size(), false};
    const std::string_view line = file.substr(at, end - at);
    at = end + 1;
    if (line.empty() || line == "\r") return {at, true};
  }
  return {file.size(), false};
}

CASE("the block ends behind the first empty line, CRLF or LF") {
  CHECK(Scan("A: b\r\nC: d\r\n\r\nbody\r\n\r\n", 100) == (Found{14, true}));
  CHECK(Scan("A: b\nC: d\n\nbody", 100) == (Found{11, true}));
  CHECK(Scan("A: b\r\n\nbody", 100) == (Found{7, true}));
  CHECK(Scan("A: b\n\r\nbody", 100) == (Found{7, true}));
}

CASE("a message without a header has the empty line alone") {
  CHECK(Scan("\r\nbody", 100) == (Found{2, true}));
  CHECK(Scan("\nbody", 100) == (Found{1, true}));
}

CASE("a message without an empty line is all header") {
  CHECK(Scan("", 1) == (Found{0, false}));
  CHECK(Scan("A: b", 1) == (Found{4, false}));
  CHECK(Scan("A: b\r\n", 1) == (Found{6, false}));
  CHECK(Scan("A: b\r\n\r", 1) == (Found{7, false}));
}

CASE("a carriage return elsewhere is an ordinary byte") {
  CHECK(Scan("A: b\r\rC\n\r\rD\n\nbody", 3) == (Found{13, true}));
  CHECK(Scan("\r\r\n\n", 1) == (Found{4, true}));
}

CASE("8-bit bytes and NULs are ordinary bytes") {
  CHECK(Scan(std::string_view("S: \xE4\x00\xFF\n\nb", 9), 2) == (Found{8, true}));
}

CASE("the size of the pieces makes no difference, and a reading by lines agrees") {
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string file(random() % 24, '\0');
    for (char& c : file) c = "\r\n\nab:"[random() % 6];
    const Found expected = ByLines(file);
    CHECK_SAY(Scan(file, 1 + random() % 8) == expected, "round " + std::to_string(round));
  }
}

}  // namespace

int main(int argc, char** argv) { return mapisync::check::Main(argc, argv); }
