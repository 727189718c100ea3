// A thread for one MAPI call that may block for as long as the provider likes.
#pragma once

#include <functional>
#include <memory>

#include "engine/library/library.h"

namespace mapisync {

// Any thread. `body` runs on a thread of its own, in an apartment, with MAPI initialised, or with the HRESULT that this
// failed with. False if there is no thread to be had.
bool StartCallThread(std::shared_ptr<const Library> library, bool service, std::function<void(HRESULT)> body);

}  // namespace mapisync
