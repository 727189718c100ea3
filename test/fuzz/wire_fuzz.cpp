// The wire: a stream of any bytes, in any pieces, read as what goes to the host and as what goes to the program. What
// is accepted is encoded to the very same bytes. The first byte says how large the pieces are.
#include "wire/frame_reader.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <variant>
#include <vector>

#include "wire/frame_splitter.h"
#include "wire/frame_writer.h"

namespace {

using mapisync::wire::MalformedFrame;

void Hold(bool promise) {
  if (!promise) std::abort();
}

template <typename Message>
void CheckDecoded(const std::variant<Message, MalformedFrame>& decoded, std::span<const std::uint8_t> frame) {
  if (const auto* const fault = std::get_if<MalformedFrame>(&decoded)) {
    Hold(fault->offset <= frame.size() && !fault->reason.empty());
    return;
  }
  const auto again =
      std::visit([](const auto& message) { return mapisync::wire::Encode(message); }, std::get<Message>(decoded));
  Hold(std::ranges::equal(again, frame));
}

void CheckFrame(std::span<const std::uint8_t> frame) {
  // In an allocation of its own, so that the address sanitizer sees a byte read too many.
  const std::vector<std::uint8_t> copy(frame.begin(), frame.end());
  CheckDecoded(mapisync::wire::DecodeToHost(copy), copy);
  CheckDecoded(mapisync::wire::DecodeToProgram(copy), copy);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece = data[0] == 0 ? size : data[0];
  std::span<const std::uint8_t> rest(data + 1, size - 1);
  mapisync::wire::FrameSplitter splitter;
  while (!rest.empty()) {
    const auto next = rest.first(std::min(piece, rest.size()));
    rest = rest.subspan(next.size());
    splitter.Add(next);
    while (const auto frame = splitter.Next()) CheckFrame(*frame);
  }
  splitter.Finish();
  if (splitter.fault()) Hold(!splitter.fault()->reason.empty());
  return 0;
}
