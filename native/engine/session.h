// A MAPI session: logged on, listing and opening stores, closed or left behind. What MAPI is asked is asked on the
// session's own thread; the caller's thread never waits for it. No windows.h here.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/failure.h"
#include "engine/request.h"
#include "engine/store_row.h"

namespace mapisync {

class Store;
class SessionCore;

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

struct SessionInfo {
  // As MAPI says; nothing where it does not.
  std::optional<std::u16string> profile;
  std::u16string mapi_path;
  std::optional<std::u16string> mapi_version;
  int bits = 0;
  // Which way of the look-up found MAPI, in words for people, UTF-8.
  std::string found_by;
};

struct CloseReport {
  // How many runs and calls were left behind alive, and the session with them.
  std::uint32_t abandoned = 0;
};

// Any thread. Fails with the operations LoadLibraryExW, GetProcAddress, MAPIInitialize, MAPIAdminProfiles,
// IProfAdmin::GetProfileTable, IMAPITable::*.
std::shared_ptr<Request> ListProfiles(std::optional<std::u16string> mapi_path, Reply<std::vector<ProfileRow>> reply);

class Session {
 public:
  // Any thread. A log-on that never returns is given up by Abandon; its thread stays in MAPI.
  static std::shared_ptr<Request> LogOn(const LogOnOptions& options, Reply<std::shared_ptr<Session>> reply);

  explicit Session(std::shared_ptr<SessionCore> core);
  // A session that nobody closed takes nothing new, and logs off when its runs, which go on to their own end, are over.
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  const SessionInfo& info() const;

  // Any thread. After Close or LeaveBehind both answer MAPI_CLOSED.
  std::shared_ptr<Request> ListStores(Reply<std::vector<StoreRow>> reply);
  std::shared_ptr<Request> OpenStore(std::vector<std::uint8_t> entry_id, Reply<std::shared_ptr<Store>> reply);

  // Any thread; returns at once. Cancels the runs, waits up to grace_ms until providers have let go (see sync_job.h),
  // then logs off, which has kLogOffLimitMs of its own. What cannot be waited for is abandoned: nothing of it is freed.
  // `closed` is called once for each call of Close, on any thread, possibly before Close returns; a second call is
  // answered with the first.
  static constexpr std::uint32_t kLogOffLimitMs = 5000;
  void Close(std::uint32_t grace_ms, const std::function<void(CloseReport)>& closed);

  // Any thread. The environment goes: no reply is called any more, the runs' channels are closed for their readers, the
  // runs are cancelled. With no run alive the session logs off; with one alive it stays, and logs off when the provider
  // has let go. process_ends: waits up to kLeaveLimitMs for the log-off, or for the fast shutdown
  // (IMAPIClientShutdown), where a run is alive and the session offers it. Otherwise waits for nothing.
  static constexpr std::uint32_t kLeaveLimitMs = 3000;
  void LeaveBehind(bool process_ends);

 private:
  const std::shared_ptr<SessionCore> core_;
};

}  // namespace mapisync
