// The engine's door: everything that the addon and the host program may ask of MAPI, with plain data in and out. What
// stands behind it lies in the folders beside this file. No windows.h here.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/failure.h"
#include "engine/request.h"
#include "engine/rows.h"
#include "engine/session.h"

namespace mapisync {

struct ListProfilesOptions {
  // An absolute path of a MAPI DLL; without it, the system's.
  std::optional<std::u16string> mapi_path;
};

struct LogOnOptions {
  // An absolute path of a MAPI DLL; without it, the system's.
  std::optional<std::u16string> mapi_path;
  // Without it, the default profile.
  std::optional<std::u16string> profile;
  bool ui = false;
  // Join a session that somebody shares; `profile` means nothing then.
  bool join = false;
  bool transports = false;
  bool service = false;
};

// Any thread, all of it.
class Engine {
 public:
  virtual ~Engine() = default;

  // Fails with the operations LoadLibraryExW, GetProcAddress, MAPIInitialize, MAPIAdminProfiles,
  // IProfAdmin::GetProfileTable, IMAPITable::*.
  virtual std::shared_ptr<Request> ListProfiles(const ListProfilesOptions& options,
                                                Reply<std::vector<ProfileRow>> reply) = 0;
  // A log-on that never returns is given up by Abandon; its thread stays in MAPI.
  virtual std::shared_ptr<Request> LogOn(const LogOnOptions& options, Reply<std::shared_ptr<Session>> reply) = 0;

  // The process ends: every session of the process is left, one after another. A session without a living run is waited
  // for until it has logged off, another until MAPI has been shut down fast where it offers that (IMAPIClientShutdown);
  // each of them for limit_ms at the most.
  virtual void LeaveAll(std::uint32_t limit_ms) = 0;
};

// The engine of this process. Any thread.
Engine& TheEngine();

}  // namespace mapisync
