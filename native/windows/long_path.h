#pragma once

#include <string>
#include <string_view>

namespace mapisync {

// Is it a path from the root: C:\..., \\server\share\..., \\?\...?
bool IsAbsolutePath(std::wstring_view path);
bool IsAbsolutePath(std::u16string_view path);

// The form of an absolute path that Windows takes as it is: longer than 260 characters, with components that end in a
// dot or a space. Nothing is resolved: `path` must not contain . or .. components.
std::wstring LongPath(std::wstring_view path);

// `folder` and a name in it.
std::wstring JoinPath(std::wstring_view folder, std::wstring_view name);

}  // namespace mapisync
