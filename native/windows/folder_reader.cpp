#include "windows/folder_reader.h"

#include <windows.h>

#include <algorithm>

#include "windows/long_path.h"

namespace mapisync {

PathKind KindOfPath(const std::wstring& path) {
  const DWORD attributes = GetFileAttributesW(LongPath(path).c_str());
  if (attributes == INVALID_FILE_ATTRIBUTES) return PathKind::kMissing;
  return (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0 ? PathKind::kFolder : PathKind::kFile;
}

std::vector<std::wstring> SubfolderNames(const std::wstring& folder) {
  std::vector<std::wstring> names;
  WIN32_FIND_DATAW found;
  const HANDLE search = FindFirstFileW(LongPath(JoinPath(folder, L"*")).c_str(), &found);
  if (search == INVALID_HANDLE_VALUE) return names;
  do {
    const std::wstring name = found.cFileName;
    if ((found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0 && name != L"." && name != L"..")
      names.push_back(name);
  } while (FindNextFileW(search, &found) != 0);
  FindClose(search);
  std::sort(names.begin(), names.end());
  return names;
}

ReadResult ReadWholeFile(const std::wstring& path, std::size_t limit, std::string* bytes, std::uint32_t* error) {
  bytes->clear();
  const HANDLE file = CreateFileW(LongPath(path).c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, nullptr,
                                  OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
  if (file == INVALID_HANDLE_VALUE) {
    *error = GetLastError();
    return *error == ERROR_FILE_NOT_FOUND || *error == ERROR_PATH_NOT_FOUND ? ReadResult::kMissing
                                                                            : ReadResult::kFailed;
  }
  ReadResult result = ReadResult::kRead;
  char buffer[16 * 1024];
  for (;;) {
    DWORD count = 0;
    if (ReadFile(file, buffer, sizeof(buffer), &count, nullptr) == 0) {
      *error = GetLastError();
      result = ReadResult::kFailed;
      break;
    }
    if (count == 0) break;
    if (bytes->size() + count > limit) {
      *error = ERROR_FILE_TOO_LARGE;
      result = ReadResult::kFailed;
      break;
    }
    bytes->append(buffer, count);
  }
  CloseHandle(file);
  return result;
}

}  // namespace mapisync
