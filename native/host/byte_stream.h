// The two streams that connect the host with its program.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace mapisync {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // One thread. Waits for bytes and answers how many it has put into `buffer`; 0 means that the stream has ended.
  virtual std::size_t Read(std::span<std::uint8_t> buffer) = 0;
};

class ByteSink {
 public:
  virtual ~ByteSink() = default;
  // One thread. Writes all of it; false means that nobody reads any more.
  virtual bool Write(std::span<const std::uint8_t> bytes) = 0;
};

}  // namespace mapisync
