#include "engine/library/pe_header.h"

namespace mapisync {

namespace {

constexpr std::size_t kPeOffsetAt = 0x3C;

std::uint32_t ReadLittleEndian(std::span<const std::uint8_t> bytes) {
  std::uint32_t value = 0;
  for (std::size_t at = bytes.size(); at > 0; --at) value = value << 8 | bytes[at - 1];
  return value;
}

}  // namespace

std::optional<Machine> ReadMachine(std::span<const std::uint8_t> head) {
  if (head.size() < kPeOffsetAt + 4 || head[0] != 'M' || head[1] != 'Z') return std::nullopt;
  const std::size_t offset = ReadLittleEndian(head.subspan(kPeOffsetAt, 4));
  if (offset > head.size() || head.size() - offset < 6) return std::nullopt;
  const auto pe = head.subspan(offset, 6);
  if (pe[0] != 'P' || pe[1] != 'E' || pe[2] != 0 || pe[3] != 0) return std::nullopt;
  return static_cast<Machine>(ReadLittleEndian(pe.subspan(4, 2)));
}

std::u16string_view Describe(Machine machine) {
  switch (machine) {
    case Machine::kX86:
      return u"32-bit (x86)";
    case Machine::kX64:
      return u"64-bit (x64)";
    case Machine::kArm64:
      return u"64-bit (ARM64)";
  }
  return u"another processor";
}

}  // namespace mapisync
