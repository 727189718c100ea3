// The frames of docs/wire.md: its fenced blocks, whose lines are bytes in hexadecimal, two spaces or more, and words.
#pragma once

#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace mapisync::wire {

struct PageFrame {
  // What follows the fence, without its first word.
  std::string title;
  std::vector<std::uint8_t> bytes;
};

inline void AppendHex(const std::string& line, std::vector<std::uint8_t>* bytes) {
  std::istringstream words(line.substr(0, line.find("  ")));
  for (std::string word; words >> word;) {
    if (word.size() != 2 || !std::isxdigit(static_cast<unsigned char>(word[0])) ||
        !std::isxdigit(static_cast<unsigned char>(word[1]))) {
      throw std::runtime_error("docs/wire.md has a line that is not hexadecimal: " + line);
    }
    bytes->push_back(static_cast<std::uint8_t>(std::strtoul(word.c_str(), nullptr, 16)));
  }
}

// `kind`: the first word after the fence, "frame" or "malformed".
inline std::vector<PageFrame> FramesOfPage(const std::string& path, const std::string& kind) {
  std::ifstream page(path);
  if (!page) throw std::runtime_error("cannot read " + path);
  const std::string fence = "```" + kind + " ";
  std::vector<PageFrame> frames;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.starts_with(fence)) {
      frames.push_back({line.substr(fence.size()), {}});
      inside = true;
    } else if (line.starts_with("```")) {
      inside = false;
    } else if (inside) {
      AppendHex(line, &frames.back().bytes);
    }
  }
  return frames;
}

}  // namespace mapisync::wire
