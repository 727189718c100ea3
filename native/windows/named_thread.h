// A thread with a name that debuggers show. Nobody joins it: it ends by itself, or stays in a provider that never
// returns.
#pragma once

#include <cstddef>
#include <functional>

namespace mapisync {

// Any thread. `name` must live as long as the process. `stack_bytes` is how much address space the stack gets; 0 means
// Windows' usual megabyte. Pins this module. False if Windows has no thread to give. An exception that leaves `body`
// ends the process.
bool StartThread(const wchar_t* name, std::function<void()> body, std::size_t stack_bytes = 0);

}  // namespace mapisync
