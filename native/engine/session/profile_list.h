// The profiles that MAPI knows on this machine.
#pragma once

#include <memory>
#include <vector>

#include "engine/engine.h"

namespace mapisync {

// Any thread. As Engine::ListProfiles.
std::shared_ptr<Request> StartListingProfiles(const ListProfilesOptions& options, Reply<std::vector<ProfileRow>> reply);

}  // namespace mapisync
