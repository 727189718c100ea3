#include "engine/session/session_register.h"

#include <mutex>

#include "engine/session/session_core.h"

namespace mapisync {

namespace {

struct Register {
  std::mutex mutex;
  std::vector<std::weak_ptr<SessionCore>> sessions;
};

// Never destroyed, for session threads outlive everything.
Register& TheRegister() {
  static auto* const all = new Register;
  return *all;
}

}  // namespace

void RegisterSession(const std::shared_ptr<SessionCore>& session) {
  Register& all = TheRegister();
  const std::lock_guard lock(all.mutex);
  std::erase_if(all.sessions, [](const std::weak_ptr<SessionCore>& known) { return known.expired(); });
  all.sessions.push_back(session);
}

std::vector<std::shared_ptr<SessionCore>> RegisteredSessions() {
  Register& all = TheRegister();
  const std::lock_guard lock(all.mutex);
  std::vector<std::shared_ptr<SessionCore>> sessions;
  for (const auto& known : all.sessions) {
    if (auto session = known.lock()) sessions.push_back(std::move(session));
  }
  return sessions;
}

}  // namespace mapisync
