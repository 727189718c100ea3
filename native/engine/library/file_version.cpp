#include "engine/library/file_version.h"

#include <cstring>

#include "text/words.h"

namespace mapisync {

namespace {

// VS_VERSIONINFO: three words, L"VS_VERSION_INFO" with its NUL, and padding up to a multiple of four.
constexpr DWORD kFixedInfoAt = 40;
constexpr DWORD kFixedInfoSignature = 0xFEEF04BD;

}  // namespace

std::optional<std::u16string> ReadFileVersion(HMODULE module) {
  const HRSRC resource =
      FindResourceW(module, MAKEINTRESOURCEW(VS_VERSION_INFO), reinterpret_cast<LPCWSTR>(RT_VERSION));
  if (resource == nullptr || SizeofResource(module, resource) < kFixedInfoAt + sizeof(VS_FIXEDFILEINFO)) {
    return std::nullopt;
  }
  const HGLOBAL loaded = LoadResource(module, resource);
  const auto* bytes = loaded == nullptr ? nullptr : static_cast<const char*>(LockResource(loaded));
  if (bytes == nullptr) return std::nullopt;
  VS_FIXEDFILEINFO info;
  std::memcpy(&info, bytes + kFixedInfoAt, sizeof info);
  if (info.dwSignature != kFixedInfoSignature) return std::nullopt;
  return Decimal(HIWORD(info.dwFileVersionMS)) + u"." + Decimal(LOWORD(info.dwFileVersionMS)) + u"." +
         Decimal(HIWORD(info.dwFileVersionLS)) + u"." + Decimal(LOWORD(info.dwFileVersionLS));
}

}  // namespace mapisync
