#include "text/words.h"

#include <cstddef>

namespace mapisync {

std::optional<std::uint64_t> ParseDigits(std::string_view digits, unsigned base, std::uint64_t most) {
  if (digits.empty()) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : digits) {
    unsigned digit = base;
    if (c >= '0' && c <= '9') digit = static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') digit = static_cast<unsigned>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') digit = static_cast<unsigned>(c - 'A') + 10;
    if (digit >= base || value > (most - digit) / base) return std::nullopt;
    value = value * base + digit;
  }
  return value;
}

std::optional<std::uint32_t> ParseNumber(std::string_view word) {
  const bool is_hexadecimal = word.starts_with("0x") || word.starts_with("0X");
  if (is_hexadecimal) word.remove_prefix(2);
  const std::optional<std::uint64_t> value = ParseDigits(word, is_hexadecimal ? 16 : 10, UINT32_MAX);
  if (!value) return std::nullopt;
  return static_cast<std::uint32_t>(*value);
}

std::u16string Decimal(std::uint32_t number) {
  const std::string digits = std::to_string(number);
  return {digits.begin(), digits.end()};
}

std::string Quoted(std::string_view word) {
  constexpr std::size_t kLongest = 40;
  std::string quoted = "\"";
  for (const char c : word.substr(0, kLongest)) quoted.push_back(c >= 0x20 && c < 0x7F && c != '"' ? c : '?');
  quoted += word.size() > kLongest ? "...\"" : "\"";
  return quoted;
}

}  // namespace mapisync
