// A callback's call, on its way to JavaScript: an allocation of its own for each.
#pragma once

#include <cstdint>
#include <string>

namespace bench {

struct Note {
  enum class Kind : std::uint8_t { kProgress, kProblem, kDone };
  Kind kind = Kind::kProgress;
  std::u16string text;
  std::uint32_t a = 0;  // the index, or the HRESULT
  std::uint32_t b = 0;  // the maximum
};

}  // namespace bench
