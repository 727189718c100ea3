// A thread of the engine's own, with a name that debuggers show. Nobody joins it: it ends by itself, or stays in a
// provider that never returns.
#pragma once

#include <functional>

namespace mapisync {

// Any thread. False if Windows has none to give. Pins this module.
bool StartEngineThread(const wchar_t* name, std::function<void()> body);

}  // namespace mapisync
