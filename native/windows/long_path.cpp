#include "windows/long_path.h"

#include <algorithm>

namespace mapisync {
namespace {

template <typename Char>
bool IsSeparator(Char c) {
  return c == Char{'\\'} || c == Char{'/'};
}

template <typename Char>
bool BeginsAtRoot(std::basic_string_view<Char> path) {
  if (path.size() < 3) return false;
  if (IsSeparator(path[0]) && IsSeparator(path[1])) return true;
  const Char drive = path[0] | Char{0x20};
  return drive >= Char{'a'} && drive <= Char{'z'} && path[1] == Char{':'} && IsSeparator(path[2]);
}

}  // namespace

bool IsAbsolutePath(std::wstring_view path) { return BeginsAtRoot(path); }

bool IsAbsolutePath(std::u16string_view path) { return BeginsAtRoot(path); }

std::wstring LongPath(std::wstring_view path) {
  std::wstring result(path);
  std::replace(result.begin(), result.end(), L'/', L'\\');
  if (result.starts_with(L"\\\\?\\") || result.starts_with(L"\\\\.\\")) return result;
  if (result.starts_with(L"\\\\")) return L"\\\\?\\UNC\\" + result.substr(2);
  return L"\\\\?\\" + result;
}

std::wstring JoinPath(std::wstring_view folder, std::wstring_view name) {
  std::wstring result(folder);
  if (!result.empty() && !IsSeparator(result.back())) result += L'\\';
  result += name;
  return result;
}

}  // namespace mapisync
