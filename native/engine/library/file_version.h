// The version that a loaded module says it has.
// https://learn.microsoft.com/windows/win32/menurc/vs-versioninfo
#pragma once

#include <windows.h>

#include <optional>
#include <string>

namespace mapisync {

// Any thread. "16.0.17328.20588", or nothing where the module has no version resource.
std::optional<std::u16string> ReadFileVersion(HMODULE module);

}  // namespace mapisync
