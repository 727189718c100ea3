// For which processor a program file is, by its header. Portable.
// https://learn.microsoft.com/windows/win32/debug/pe-format
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace mapisync {

// As in the header; any number can stand there.
enum class Machine : std::uint16_t { kX86 = 0x014C, kX64 = 0x8664, kArm64 = 0xAA64 };

// The first bytes of the file; 4096 are enough for every known linker. Nothing, if it is no program file, or its header
// lies further in.
std::optional<Machine> ReadMachine(std::span<const std::uint8_t> head);

inline constexpr std::size_t kPeHeadBytes = 4096;

// In words: "32-bit (x86)".
std::u16string_view Describe(Machine machine);

}  // namespace mapisync
