// Cuts a stream of bytes into frames.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "wire/malformed_frame.h"
#include "wire/messages.h"

namespace mapisync::wire {

class FrameSplitter {
 public:
  // `bytes` come next in the stream.
  void Add(std::span<const std::uint8_t> bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }

  // The next whole frame, its length field included; it is valid until the next call of anything here. Null while more
  // bytes are needed, and for ever once a frame was malformed.
  std::optional<std::span<const std::uint8_t>> Next();
  // The stream has ended: it must not end inside a frame.
  void Finish();
  const std::optional<MalformedFrame>& fault() const { return fault_; }

 private:
  std::vector<std::uint8_t> bytes_;
  // Where the next frame begins; what is before it has been handed out.
  std::size_t at_ = 0;
  std::uint32_t most_bytes_ = kMaxFirstFrameBytes;
  std::optional<MalformedFrame> fault_;
};

}  // namespace mapisync::wire
