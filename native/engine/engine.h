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

  // The process ends: every session of the process is left. Waits up to deadline_ms, for all of them together, until
  // sessions without a living run have logged off, and the others have been shut down fast where MAPI offers it
  // (IMAPIClientShutdown).
  virtual void LeaveAll(std::uint32_t deadline_ms) = 0;
};

// The engine of this process. Any thread.
Engine& TheEngine();

}  // namespace mapisync
