#include "engine/library/library_search.h"

#include <algorithm>

#include "text/utf8.h"
#include "windows/long_path.h"

namespace mapisync {

namespace {

constexpr char16_t kMailClientsKey[] = u"Software\\Clients\\Mail";
constexpr std::uint32_t kModuleNotFound = 0x8007007E;  // HRESULT_FROM_WIN32(ERROR_MOD_NOT_FOUND)

constexpr bool IsLetter(char16_t unit) { return (unit >= u'A' && unit <= u'Z') || (unit >= u'a' && unit <= u'z'); }

// For file names of ASCII letters; that is all that is compared.
bool EqualIgnoringCase(std::u16string_view one, std::u16string_view other) {
  const auto lower = [](char16_t unit) { return IsLetter(unit) ? static_cast<char16_t>(unit | 0x20) : unit; };
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [lower](char16_t a, char16_t b) { return lower(a) == lower(b); });
}

std::string_view SymbolOf(LoadProblem problem) {
  switch (problem) {
    case LoadProblem::kWrongBitness:
      return "MAPI_WRONG_BITNESS";
    case LoadProblem::kMissingDependency:
      return "MAPI_MISSING_DEPENDENCY";
    case LoadProblem::kNotAMapiDll:
      return "MAPI_NOT_A_MAPI_DLL";
    case LoadProblem::kNotLoadable:
    case LoadProblem::kNotFound:
      return "MAPI_NOT_INSTALLED";
  }
  return "MAPI_NOT_INSTALLED";
}

class Search {
 public:
  explicit Search(SearchEnvironment& environment) : environment_(environment) {}

  Outcome<LibraryFound> InPath(const std::u16string& path) {
    if (!IsAbsolutePath(path)) {
      PassOver(u"\"" + path + u"\" is no absolute path");
    } else if (Try(path, "the path that was given")) {
      return found_;
    }
    return Fail();
  }

  Outcome<LibraryFound> InSystem(bool ui) {
    const MailClient client = ReadMailClient();
    if (TryMailClient(client) || TrySystem(client, ui)) return found_;
    return Fail();
  }

 private:
  struct MailClient {
    std::u16string name;
    // Expanded; empty where there is none.
    std::u16string extended_mapi;
    // Does it say that it has Extended MAPI, by DLLPathEx or by a component's id?
    bool names_extended_mapi = false;
  };

  std::u16string ReadText(const std::u16string& key, const std::u16string& name) {
    const auto value = environment_.ReadMachineText(key, name);
    if (!value) return {};
    return value->expandable ? environment_.ExpandVariables(value->text) : value->text;
  }

  MailClient ReadMailClient() {
    MailClient client;
    client.name = ReadText(kMailClientsKey, u"");
    if (client.name.empty()) return client;
    const std::u16string key = std::u16string(kMailClientsKey) + u"\\" + client.name;
    client.extended_mapi = ReadText(key, u"DLLPathEx");
    client.names_extended_mapi = !client.extended_mapi.empty() || !ReadText(key, u"MSIComponentID").empty();
    return client;
  }

  std::u16string SystemMapi() {
    const std::u16string folder = environment_.SystemFolder();
    return folder.empty() ? folder : folder + u"\\mapi32.dll";
  }

  bool TryMailClient(const MailClient& client) {
    const std::u16string& path = client.extended_mapi;
    const std::u16string who = u"the default mail client \"" + client.name + u"\"";
    if (client.name.empty()) {
      PassOver(u"no default mail client is registered");
    } else if (path.empty()) {
      PassOver(who + u" names no DLLPathEx");
    } else if (EqualIgnoringCase(path, u"mapi32.dll") || EqualIgnoringCase(path, SystemMapi())) {
      PassOver(u"the DLLPathEx of " + who + u" is the system's own mapi32.dll");
    } else if (!IsAbsolutePath(path)) {
      PassOver(u"the DLLPathEx of " + who + u", \"" + path + u"\", is no absolute path");
    } else {
      return Try(path, "DLLPathEx of " + ToUtf8(who));
    }
    return false;
  }

  // It would try the mail client's DLL as well, and shows a dialog where there is none, or where it cannot be loaded.
  bool TrySystem(const MailClient& client, bool ui) {
    const std::u16string path = SystemMapi();
    if (path.empty()) {
      PassOver(u"Windows names no system folder");
    } else if (!ui && !client.names_extended_mapi) {
      PassOver(
          u"the system's mapi32.dll was not tried, since it may show a dialog where no mail client has Extended MAPI");
    } else if (!ui && worst_) {
      PassOver(
          u"the system's mapi32.dll was not tried, since it may show a dialog where the mail client's DLL cannot be "
          u"used");
    } else {
      return Try(path, "mapi32.dll in the system folder");
    }
    return false;
  }

  bool Try(const std::u16string& path, std::string found_by) {
    auto failure = environment_.Load(path);
    if (!failure) {
      found_.path = path;
      found_.found_by = std::move(found_by);
      return true;
    }
    PassOver(failure->detail);
    if (!worst_ || failure->problem >= worst_->problem) worst_ = std::move(failure);
    return false;
  }

  void PassOver(std::u16string reason) { found_.passed_over.push_back(std::move(reason)); }

  Outcome<LibraryFound> Fail() {
    Failure failure;
    failure.detail = JoinReasons(found_.passed_over);
    failure.symbol = SymbolOf(worst_ ? worst_->problem : LoadProblem::kNotFound);
    failure.hresult = worst_ ? worst_->hresult : kModuleNotFound;
    failure.operation = worst_ && worst_->missing_export ? "GetProcAddress" : "LoadLibraryExW";
    return failure;
  }

  SearchEnvironment& environment_;
  LibraryFound found_;
  // The most telling failure so far.
  std::optional<LoadFailure> worst_;
};

}  // namespace

Outcome<LibraryFound> SearchLibrary(const SearchRequest& request, SearchEnvironment& environment) {
  Search search(environment);
  return request.path ? search.InPath(*request.path) : search.InSystem(request.ui);
}

std::u16string JoinReasons(const std::vector<std::u16string>& reasons) {
  std::u16string joined;
  for (const std::u16string& reason : reasons) {
    if (!joined.empty()) joined += u"; ";
    joined += reason;
  }
  return joined;
}

}  // namespace mapisync
