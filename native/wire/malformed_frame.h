// Why a frame is refused. Portable.
#pragma once

#include <cstddef>
#include <string>

namespace mapisync::wire {

struct MalformedFrame {
  // The frame's name in docs/wire.md; "frame" where its kind is not known.
  std::string frame;
  // Of the fault, from the frame's first byte.
  std::size_t offset = 0;
  std::string reason;

  std::string ToText() const { return "frame '" + frame + "', offset " + std::to_string(offset) + ": " + reason; }
};

}  // namespace mapisync::wire
