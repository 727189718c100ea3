#include "windows/text_encoding.h"

#include <windows.h>

#include <climits>
#include <cstdint>

#include "text/utf8.h"

namespace mapisync {
namespace {

std::optional<std::wstring> ToWide(UINT code_page, DWORD flags, std::string_view text) {
  if (text.empty()) return std::wstring();
  if (text.size() > INT_MAX) return std::nullopt;
  const int size = static_cast<int>(text.size());
  const int length = MultiByteToWideChar(code_page, flags, text.data(), size, nullptr, 0);
  if (length <= 0) return std::nullopt;
  std::wstring wide(static_cast<std::size_t>(length), L'\0');
  MultiByteToWideChar(code_page, flags, text.data(), size, wide.data(), length);
  return wide;
}

}  // namespace

std::optional<std::wstring> WideFromUtf8(std::string_view utf8) { return ToWide(CP_UTF8, MB_ERR_INVALID_CHARS, utf8); }

std::string ReversibleUtf8FromWide(std::wstring_view wide) {
  static_assert(sizeof(wchar_t) == sizeof(char16_t));
  std::string bytes;
  AppendUtf8({reinterpret_cast<const char16_t*>(wide.data()), wide.size()}, LoneSurrogate::kKept, &bytes);
  return bytes;
}

std::wstring WideFromReversibleUtf8(std::string_view bytes) {
  std::wstring wide;
  wide.reserve(bytes.size());
  std::size_t i = 0;
  while (i < bytes.size()) {
    const auto lead = static_cast<unsigned char>(bytes[i++]);
    int more = lead < 0x80 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    std::uint32_t code = more == 0 ? lead : lead & (0x3FU >> more);
    for (; more > 0 && i < bytes.size(); --more) code = code << 6 | (static_cast<unsigned char>(bytes[i++]) & 0x3FU);
    if (code < 0x10000) {
      wide += static_cast<wchar_t>(code);
    } else {
      wide += static_cast<wchar_t>(0xD800 + ((code - 0x10000) >> 10 & 0x3FF));
      wide += static_cast<wchar_t>(0xDC00 + (code & 0x3FF));
    }
  }
  return wide;
}

std::string AnsiFromWide(std::wstring_view wide) {
  if (wide.empty() || wide.size() > INT_MAX) return {};
  const int length = static_cast<int>(wide.size());
  const int size = WideCharToMultiByte(CP_ACP, 0, wide.data(), length, nullptr, 0, nullptr, nullptr);
  if (size <= 0) return {};
  std::string ansi(static_cast<std::size_t>(size), '\0');
  WideCharToMultiByte(CP_ACP, 0, wide.data(), length, ansi.data(), size, nullptr, nullptr);
  return ansi;
}

std::wstring WideFromAnsi(std::string_view ansi) { return ToWide(CP_ACP, 0, ansi).value_or(std::wstring()); }

}  // namespace mapisync
