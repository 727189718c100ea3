#include "sample/mailbox/eml_header.h"

namespace mapisync::sample {

std::size_t EmlHeaderScanner::Feed(std::span<const char> piece) {
  std::size_t taken = 0;
  for (const char c : piece) {
    if (state_ == State::kComplete) break;
    ++taken;
    if (c == '\n') {
      state_ = state_ == State::kInLine ? State::kLineStart : State::kComplete;
    } else if (c == '\r' && state_ == State::kLineStart) {
      state_ = State::kCarriageReturnAtLineStart;
    } else {
      state_ = State::kInLine;
    }
  }
  return taken;
}

}  // namespace mapisync::sample
