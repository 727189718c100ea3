// Where the header block of an .eml file ends: behind the first empty line (RFC 5322, 2.1). Portable, and fed piece by
// piece, so that a message of any size can be read through a small buffer.
#pragma once

#include <cstddef>
#include <span>

namespace mapisync::sample {

class EmlHeaderScanner {
 public:
  // How many bytes of this piece, the next of the file, belong to the header block, the empty line included. Lines end
  // in CRLF or LF; a CR elsewhere is an ordinary byte. Once complete, no byte belongs to it any more.
  std::size_t Feed(std::span<const char> piece);

  // Has the empty line been seen? A file that ends before has no body: all of it is header.
  bool complete() const { return state_ == State::kComplete; }

 private:
  enum class State : unsigned char { kLineStart, kCarriageReturnAtLineStart, kInLine, kComplete };
  State state_ = State::kLineStart;
};

}  // namespace mapisync::sample
