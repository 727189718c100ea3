#include "engine/library/library.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "engine/library/file_version.h"
#include "engine/library/load_failure.h"
#include "engine/library/pe_header.h"
#include "windows/wide.h"

namespace mapisync {

namespace {

#ifdef _WIN64
constexpr Machine kOwnMachine = Machine::kX64;
#else
constexpr Machine kOwnMachine = Machine::kX86;
#endif

// What makes a DLL a MAPI DLL, and the bytes of arguments that the name is decorated with on x86. Official 64-bit
// implementations export plain names; some export decorated ones, on either bitness.
struct CoreExport {
  const char* plain;
  const char* decorated;
  std::u16string_view name;
};
constexpr std::array<CoreExport, 7> kCoreExports{{
    {"MAPIInitialize", "MAPIInitialize@4", u"MAPIInitialize"},
    {"MAPIUninitialize", "MAPIUninitialize@0", u"MAPIUninitialize"},
    {"MAPILogonEx", "MAPILogonEx@20", u"MAPILogonEx"},
    {"MAPIAdminProfiles", "MAPIAdminProfiles@8", u"MAPIAdminProfiles"},
    {"MAPIAllocateBuffer", "MAPIAllocateBuffer@8", u"MAPIAllocateBuffer"},
    {"MAPIAllocateMore", "MAPIAllocateMore@12", u"MAPIAllocateMore"},
    {"MAPIFreeBuffer", "MAPIFreeBuffer@4", u"MAPIFreeBuffer"},
}};

using AnyFunction = void (*)();

AnyFunction FindExport(HMODULE module, const CoreExport& wanted) {
  FARPROC function = GetProcAddress(module, wanted.plain);
  if (function == nullptr) function = GetProcAddress(module, wanted.decorated);
  return reinterpret_cast<AnyFunction>(function);
}

class WindowsSearch final : public SearchEnvironment {
 public:
  std::optional<RegistryText> ReadMachineText(const std::u16string& key, const std::u16string& name) override {
    constexpr DWORD kFlags = RRF_RT_REG_SZ | RRF_RT_REG_EXPAND_SZ | RRF_NOEXPAND;
    for (DWORD bytes = 512;;) {
      std::u16string text(bytes / sizeof(char16_t), u'\0');
      DWORD type = 0;
      const LSTATUS status =
          RegGetValueW(HKEY_LOCAL_MACHINE, AsWide(key), AsWide(name), kFlags, &type, text.data(), &bytes);
      if (status == ERROR_MORE_DATA) {
        bytes += sizeof(char16_t);
        continue;
      }
      if (status != ERROR_SUCCESS) return std::nullopt;
      // RegGetValueW ends it with a NUL, whether or not the registry did.
      text.resize(text.find(u'\0') == std::u16string::npos ? text.size() : text.find(u'\0'));
      return RegistryText{std::move(text), type == REG_EXPAND_SZ};
    }
  }

  std::u16string ExpandVariables(const std::u16string& text) override {
    std::u16string expanded(text.size() + MAX_PATH, u'\0');
    DWORD units = ExpandEnvironmentStringsW(AsWide(text), AsWide(expanded), static_cast<DWORD>(expanded.size()));
    if (units > expanded.size()) {
      expanded.resize(units);
      units = ExpandEnvironmentStringsW(AsWide(text), AsWide(expanded), units);
    }
    expanded.resize(units == 0 ? 0 : units - 1);
    return expanded;
  }

  std::u16string SystemFolder() override {
    std::u16string folder(MAX_PATH, u'\0');
    // Of this process's bitness: Windows redirects a 32-bit one.
    const UINT units = GetSystemDirectoryW(AsWide(folder), MAX_PATH);
    folder.resize(units < MAX_PATH ? units : 0);
    return folder;
  }

  std::optional<LoadFailure> Load(const std::u16string& asked) override {
    // An altered search path works with backslashes alone.
    std::u16string path = asked;
    std::replace(path.begin(), path.end(), u'/', u'\\');
    // Its neighbours are found with it; the current folder and PATH stay out of it as far as its own location is
    // concerned.
    const HMODULE module = LoadLibraryExW(AsWide(path), nullptr, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (module == nullptr) return Explain(path, GetLastError());
    std::array<AnyFunction, kCoreExports.size()> functions{};
    for (std::size_t at = 0; at < kCoreExports.size(); ++at) {
      functions[at] = FindExport(module, kCoreExports[at]);
      if (functions[at] == nullptr) {
        // The only DLL that is let go again: nothing of it has been called but its initialisation.
        FreeLibrary(module);
        return ExplainMissingExport(path, kCoreExports[at].name);
      }
    }
    HMODULE pinned = nullptr;
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                       reinterpret_cast<const wchar_t*>(functions[0]), &pinned);
    library.module = module;
    library.initialize = reinterpret_cast<mapi::MAPIINITIALIZE*>(functions[0]);
    library.uninitialize = reinterpret_cast<mapi::MAPIUNINITIALIZE*>(functions[1]);
    library.log_on = reinterpret_cast<mapi::MAPILOGONEX*>(functions[2]);
    library.admin_profiles = reinterpret_cast<mapi::MAPIADMINPROFILES*>(functions[3]);
    library.free_buffer = reinterpret_cast<mapi::MAPIFREEBUFFER*>(functions[6]);
    return std::nullopt;
  }

  Library library;

 private:
  static LoadFailure Explain(const std::u16string& path, DWORD error) {
    FailedLoad load;
    load.path = path;
    load.windows_error = error;
    load.own_machine = kOwnMachine;
    std::array<std::uint8_t, kPeHeadBytes> head{};
    const HANDLE file = CreateFileW(AsWide(path), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                    nullptr, OPEN_EXISTING, 0, nullptr);
    if (file == INVALID_HANDLE_VALUE) {
      // A folder, or a file that may not be read, is there all the same.
      load.file_exists = GetFileAttributesW(AsWide(path)) != INVALID_FILE_ATTRIBUTES;
      return ExplainFailedLoad(load);
    }
    load.file_exists = true;
    DWORD bytes = 0;
    ReadFile(file, head.data(), static_cast<DWORD>(head.size()), &bytes, nullptr);
    CloseHandle(file);
    load.head = std::span(head).first(bytes);
    return ExplainFailedLoad(load);
  }
};

}  // namespace

Outcome<std::shared_ptr<const Library>> FindLibrary(const SearchRequest& request) {
  WindowsSearch windows;
  auto outcome = SearchLibrary(request, windows);
  if (auto* failure = std::get_if<Failure>(&outcome)) return std::move(*failure);
  auto& found = std::get<LibraryFound>(outcome);
  auto library = std::make_shared<Library>(std::move(windows.library));
  library->path = std::move(found.path);
  library->found_by = std::move(found.found_by);
  library->passed_over = std::move(found.passed_over);
  library->version = ReadFileVersion(library->module);
  return std::shared_ptr<const Library>(std::move(library));
}

}  // namespace mapisync
