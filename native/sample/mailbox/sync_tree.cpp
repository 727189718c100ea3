#include "sample/mailbox/sync_tree.h"

namespace mapisync::sample {

std::u16string_view ParentPath(std::u16string_view path) {
  const std::size_t separator = path.rfind(u'/');
  return separator == std::u16string_view::npos ? std::u16string_view() : path.substr(0, separator);
}

std::u16string_view LastName(std::u16string_view path) {
  const std::size_t separator = path.rfind(u'/');
  return separator == std::u16string_view::npos ? path : path.substr(separator + 1);
}

std::u16string JoinPath(std::u16string_view parent, std::u16string_view name) {
  std::u16string path(parent);
  if (!path.empty()) path.push_back(u'/');
  path += name;
  return path;
}

}  // namespace mapisync::sample
