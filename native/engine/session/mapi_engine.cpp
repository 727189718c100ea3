#include <utility>

#include "engine/engine.h"
#include "engine/session/profile_list.h"
#include "engine/session/session_core.h"
#include "engine/session/session_register.h"

namespace mapisync {

namespace {

class MapiEngine final : public Engine {
 public:
  std::shared_ptr<Request> ListProfiles(const ListProfilesOptions& options,
                                        Reply<std::vector<ProfileRow>> reply) override {
    return StartListingProfiles(options, std::move(reply));
  }

  std::shared_ptr<Request> LogOn(const LogOnOptions& options, Reply<std::shared_ptr<Session>> reply) override {
    const auto pending = std::make_shared<SessionCore::LogOnReply>(std::move(reply));
    SessionCore::Start(options, pending);
    return pending;
  }

  void LeaveAll(std::uint32_t limit_ms) override {
    for (const auto& session : RegisteredSessions()) session->LeaveBehind(limit_ms);
  }
};

}  // namespace

Engine& TheEngine() {
  // Never destroyed, for its threads outlive everything.
  static auto* const engine = new MapiEngine;
  return *engine;
}

}  // namespace mapisync
