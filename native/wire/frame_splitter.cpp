#include "wire/frame_splitter.h"

#include <cstring>
#include <string>

namespace mapisync::wire {

std::optional<std::span<const std::uint8_t>> FrameSplitter::Next() {
  const std::span<const std::uint8_t> rest = std::span<const std::uint8_t>(bytes_).subspan(at_);
  std::uint32_t length = 0;
  if (!fault_ && rest.size() >= sizeof length) {
    std::memcpy(&length, rest.data(), sizeof length);
    if (length == 0) fault_ = {"frame", 0, "the frame is empty"};
    if (length > most_bytes_) {
      fault_ = {"frame", 0,
                "the frame has " + std::to_string(length) + " bytes; at most " + std::to_string(most_bytes_) +
                    " are allowed"};
    }
  }
  const std::size_t size = sizeof length + length;
  if (fault_ || length == 0 || rest.size() < size) {
    bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(at_));
    at_ = 0;
    return std::nullopt;
  }
  at_ += size;
  most_bytes_ = kMaxFrameBytes;
  return rest.first(size);
}

void FrameSplitter::Finish() {
  const std::size_t left = bytes_.size() - at_;
  if (left != 0 && !fault_) fault_ = {"frame", left, "the stream ends inside the frame"};
}

}  // namespace mapisync::wire
