// A MAPI session: logged on, listing and opening stores, closed or left. MAPI is called on the session's own thread;
// the caller's thread never waits for it. No windows.h here.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/failure.h"
#include "engine/request.h"
#include "engine/rows.h"
#include "engine/store.h"

namespace mapisync {

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

// Destroyed without Close: the session takes nothing new, and logs off when its runs, which go on to their own end, are
// over. Any thread, all of it.
class Session {
 public:
  // How long a log-off may take.
  static constexpr std::uint32_t kLogOffLimitMs = 5000;

  virtual ~Session() = default;

  virtual const SessionInfo& info() const = 0;

  // After Close or Leave both answer MAPI_CLOSED.
  virtual std::shared_ptr<Request> ListStores(Reply<std::vector<StoreRow>> reply) = 0;
  virtual std::shared_ptr<Request> OpenStore(std::vector<std::uint8_t> entry_id,
                                             Reply<std::shared_ptr<Store>> reply) = 0;

  // Returns at once. Cancels the runs, waits up to grace_ms until providers have let go (see run.h), then logs off,
  // which has kLogOffLimitMs of its own. What cannot be waited for is abandoned: nothing of it is freed. `closed` is
  // called once for each call of Close, on any thread, possibly before Close returns; a second call is answered with
  // the first.
  virtual void Close(std::uint32_t grace_ms, std::function<void(CloseReport)> closed) = 0;

  // The owner goes, and waits for nothing: no reply is called any more, the runs' channels are closed for their
  // readers, the runs are cancelled. The session logs off at once where no run is alive, else when the provider has let
  // go.
  virtual void Leave() = 0;
};

}  // namespace mapisync
