#include "windows/wide.h"

namespace mapisync {

std::u16string FromAnsi(std::string_view text) {
  std::u16string wide;
  const int length = static_cast<int>(text.size());
  const int units = MultiByteToWideChar(CP_ACP, 0, text.data(), length, nullptr, 0);
  if (units <= 0) return wide;
  wide.resize(static_cast<std::size_t>(units));
  MultiByteToWideChar(CP_ACP, 0, text.data(), length, AsWide(wide), units);
  return wide;
}

}  // namespace mapisync
