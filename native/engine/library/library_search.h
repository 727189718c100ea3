// Where MAPI comes from: in which order DLLs are tried, and why one was passed over. Portable: the registry and the
// loading are parameters, so that every branch is tested on any machine.
//
// The order: the path that the caller gave, and nothing else then; the default mail client's Extended MAPI; the
// system's mapi32.dll, from the system folder only. Never a bare file name, never the current folder, never an
// environment variable of the caller's.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/how-to-choose-a-specific-version-of-mapi-to-load
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/failure.h"
#include "engine/library/load_failure.h"

namespace mapisync {

struct RegistryText {
  std::u16string text;
  // REG_EXPAND_SZ: %NAME% stands for a variable.
  bool expandable = false;
};

class SearchEnvironment {
 public:
  virtual ~SearchEnvironment() = default;
  // A text value under HKEY_LOCAL_MACHINE, in the view of this process's bitness; an empty name is the key's default
  // value.
  virtual std::optional<RegistryText> ReadMachineText(const std::u16string& key, const std::u16string& name) = 0;
  virtual std::u16string ExpandVariables(const std::u16string& text) = 0;
  // The folder that mapi32.dll of this process's bitness lies in, as Windows says; no backslash at the end. May be
  // empty.
  virtual std::u16string SystemFolder() = 0;
  // Loads it for good, and checks that it is MAPI. Nothing: it is.
  virtual std::optional<LoadFailure> Load(const std::u16string& path) = 0;
};

struct SearchRequest {
  std::optional<std::u16string> path;
  // May MAPI show dialogs? Without a usable mail client the system's mapi32.dll does.
  bool ui = false;
};

struct LibraryFound {
  std::u16string path;
  // Which way found it, in words for people, UTF-8.
  std::string found_by;
  // Why not another one before it.
  std::vector<std::u16string> passed_over;
};

// Failures carry one of the symbols MAPI_NOT_INSTALLED, MAPI_WRONG_BITNESS, MAPI_MISSING_DEPENDENCY,
// MAPI_NOT_A_MAPI_DLL, and all reasons in their detail.
Outcome<LibraryFound> SearchLibrary(const SearchRequest& request, SearchEnvironment& environment);

// The reasons as one text.
std::u16string JoinReasons(const std::vector<std::u16string>& reasons);

}  // namespace mapisync
