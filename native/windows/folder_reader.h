// Reading folders and small files, through paths of any length.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace mapisync {

enum class PathKind : std::uint8_t { kMissing, kFolder, kFile };

// `path` is absolute.
PathKind KindOfPath(const std::wstring& path);

// The names of the folders in `folder`, in an order that does not depend on the file system: by UTF-16 unit. Empty
// where the folder cannot be read.
std::vector<std::wstring> SubfolderNames(const std::wstring& folder);

enum class ReadResult : std::uint8_t { kRead, kMissing, kFailed };

// Reads a whole file of at most `limit` bytes, larger ones are kFailed. With kFailed, `error` is the Win32 code.
ReadResult ReadWholeFile(const std::wstring& path, std::size_t limit, std::string* bytes, std::uint32_t* error);

}  // namespace mapisync
