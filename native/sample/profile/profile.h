// Profiles and their stores, as they lie on disk: a profile is a folder, each folder in it one store.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sample/profile/profile_options.h"

namespace mapisync::sample {

struct StoreInProfile {
  std::wstring folder_name;
  std::wstring display_name;
  bool is_default = false;
};

struct Profile {
  std::wstring name;    // as the client gave it
  std::wstring folder;  // absolute
};

// %LOCALAPPDATA%\mapisync\sample-profiles; empty where there is no such variable.
std::wstring ProfilesFolder();

// The names of the folders in ProfilesFolder.
std::vector<std::wstring> ProfileNames();

// What default.txt in ProfilesFolder names, if it is there; else the first name; nothing where there are no profiles.
std::optional<std::wstring> DefaultProfileName();

// The profile of that name: an absolute path of a folder, or the name of one in ProfilesFolder.
std::optional<Profile> FindProfile(const std::wstring& name);

// The stores of a profile: those that stores.txt names, in its order (each line is `folder<TAB>display name`, UTF-8),
// then the other folders by name. The first is the default store. What is wrong with stores.txt is answered instead, in
// one line.
struct StoreListing {
  std::vector<StoreInProfile> stores;
  std::wstring problem;
};
StoreListing ListStoresInProfile(const Profile& profile);

// options.txt of a profile, if there is one. `*problem` says what is wrong with it, in one line that names the file.
ProfileOptions ReadProfileOptions(const Profile& profile, std::wstring* problem);

}  // namespace mapisync::sample
