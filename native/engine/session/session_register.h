// All sessions of this process, for its end.
#pragma once

#include <memory>
#include <vector>

namespace mapisync {

class SessionCore;

// Any thread. The register does not keep a session alive.
void RegisterSession(const std::shared_ptr<SessionCore>& session);
std::vector<std::shared_ptr<SessionCore>> RegisteredSessions();

}  // namespace mapisync
