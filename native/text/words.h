// Numbers and words of people's text files and messages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mapisync {

// Digits of a base from 2 to 16, without a sign or a prefix; nothing where there is another character, no digit at all,
// or a value above `most`.
std::optional<std::uint64_t> ParseDigits(std::string_view digits, unsigned base, std::uint64_t most = UINT64_MAX);

// 32 bits, decimal or with 0x hexadecimal.
std::optional<std::uint32_t> ParseNumber(std::string_view word);

std::u16string Decimal(std::uint32_t number);

// A word of a file in quotes, for a message: printable and short, whatever stood in the file.
std::string Quoted(std::string_view word);

}  // namespace mapisync
