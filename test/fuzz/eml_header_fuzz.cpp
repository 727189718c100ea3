// libFuzzer: any bytes as a message, in pieces of the size that the first byte says. The block that is found must be
// the one that a reading line by line finds.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sample/mailbox/eml_header.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece = data[0] + std::size_t{1};
  const std::string_view file(reinterpret_cast<const char*>(data + 1), size - 1);

  mapisync::sample::EmlHeaderScanner scanner;
  std::size_t length = 0;
  for (std::size_t at = 0; at < file.size(); at += piece) {
    const std::string_view part = file.substr(at, piece);
    const std::size_t taken = scanner.Feed({part.data(), part.size()});
    if (taken > part.size()) std::abort();
    length += taken;
  }

  std::size_t expected = 0;
  bool complete = false;
  while (!complete && expected < file.size()) {
    const std::size_t end = file.find('\n', expected);
    const std::string_view line = file.substr(expected, end - expected);
    complete = end != std::string_view::npos && (line.empty() || line == "\r");
    expected = end == std::string_view::npos ? file.size() : end + 1;
  }
  if (length != expected || scanner.complete() != complete) std::abort();
  return 0;
}
