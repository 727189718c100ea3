#include "sample/profile/profile.h"

#include <windows.h>

#include <algorithm>
#include <string_view>

#include "windows/folder_reader.h"
#include "windows/long_path.h"
#include "windows/text_encoding.h"

namespace mapisync::sample {
namespace {

constexpr std::size_t kMaxTextFile = 16 * 1024 * 1024;

bool IsPlainName(std::wstring_view name) {
  return !name.empty() && name != L"." && name != L".." &&
         name.find_first_of(L"\\/:*?\"<>|") == std::wstring_view::npos;
}

std::string_view WithoutByteOrderMark(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

// The next line without its end, which may be LF or CRLF.
std::string_view NextLine(std::string_view* text) {
  const std::size_t end = text->find('\n');
  std::string_view line = text->substr(0, end);
  text->remove_prefix(end == std::string_view::npos ? text->size() : end + 1);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

std::wstring LineProblem(const std::wstring& file, int line, const std::wstring& what) {
  return file + L", line " + std::to_wstring(line) + L": " + what;
}

}  // namespace

std::wstring ProfilesFolder() {
  // The length can change between the two calls: ask until it fits.
  std::wstring value(MAX_PATH, L'\0');
  for (;;) {
    const DWORD length = GetEnvironmentVariableW(L"LOCALAPPDATA", value.data(), static_cast<DWORD>(value.size()));
    if (length == 0) return {};
    if (length < value.size()) {
      value.resize(length);
      return JoinPath(value, L"mapisync\\sample-profiles");
    }
    value.resize(length);
  }
}

std::vector<std::wstring> ProfileNames() {
  const std::wstring folder = ProfilesFolder();
  return folder.empty() ? std::vector<std::wstring>() : SubfolderNames(folder);
}

std::optional<std::wstring> DefaultProfileName() {
  const std::vector<std::wstring> names = ProfileNames();
  if (names.empty()) return std::nullopt;
  std::string bytes;
  std::uint32_t error = 0;
  if (ReadWholeFile(JoinPath(ProfilesFolder(), L"default.txt"), kMaxTextFile, &bytes, &error) == ReadResult::kRead) {
    std::string_view text = WithoutByteOrderMark(bytes);
    std::optional<std::wstring> name = WideFromUtf8(NextLine(&text));
    if (name && std::find(names.begin(), names.end(), *name) != names.end()) return name;
  }
  return names.front();
}

std::optional<Profile> FindProfile(const std::wstring& name) {
  Profile profile;
  profile.name = name;
  if (IsAbsolutePath(name)) {
    profile.folder = name;
  } else {
    const std::wstring folder = ProfilesFolder();
    if (folder.empty() || !IsPlainName(name)) return std::nullopt;
    profile.folder = JoinPath(folder, name);
  }
  if (KindOfPath(profile.folder) != PathKind::kFolder) return std::nullopt;
  return profile;
}

StoreListing ListStoresInProfile(const Profile& profile) {
  StoreListing listing;
  std::vector<std::wstring> folders = SubfolderNames(profile.folder);
  const std::wstring file = JoinPath(profile.folder, L"stores.txt");
  std::string bytes;
  std::uint32_t error = 0;
  const ReadResult read = ReadWholeFile(file, kMaxTextFile, &bytes, &error);
  if (read == ReadResult::kFailed) {
    listing.problem = file + L": cannot be read (Windows error " + std::to_wstring(error) + L")";
    return listing;
  }
  std::string_view text = WithoutByteOrderMark(bytes);
  for (int number = 1; !text.empty(); ++number) {
    const std::string_view line = NextLine(&text);
    if (line.empty()) continue;
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos) {
      listing.problem = LineProblem(file, number, L"no tab between folder and display name");
      return listing;
    }
    StoreInProfile store;
    // Not WideFromUtf8: a folder's name may contain unpaired surrogates, and a display name anything.
    store.folder_name = WideFromReversibleUtf8(line.substr(0, tab));
    store.display_name = WideFromReversibleUtf8(line.substr(tab + 1));
    const auto found = std::find(folders.begin(), folders.end(), store.folder_name);
    if (found == folders.end()) {
      listing.problem = LineProblem(file, number, L"no folder \"" + store.folder_name + L"\", or named twice");
      return listing;
    }
    folders.erase(found);
    listing.stores.push_back(std::move(store));
  }
  for (std::wstring& folder : folders) listing.stores.push_back({folder, folder, false});
  if (!listing.stores.empty()) listing.stores.front().is_default = true;
  return listing;
}

ProfileOptions ReadProfileOptions(const Profile& profile, std::wstring* problem) {
  problem->clear();
  ProfileOptions options;
  const std::wstring file = JoinPath(profile.folder, L"options.txt");
  std::string bytes;
  std::uint32_t error = 0;
  switch (ReadWholeFile(file, kMaxTextFile, &bytes, &error)) {
    case ReadResult::kMissing:
      break;
    case ReadResult::kFailed:
      *problem = file + L": cannot be read (Windows error " + std::to_wstring(error) + L")";
      break;
    case ReadResult::kRead:
      if (const auto wrong = ParseProfileOptions(bytes, &options)) {
        *problem = LineProblem(file, wrong->line, WideFromReversibleUtf8(wrong->text));
        options = {};
      }
      break;
  }
  return options;
}

}  // namespace mapisync::sample
