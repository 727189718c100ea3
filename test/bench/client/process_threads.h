#pragma once

#include <cstdint>

namespace bench {

// How many threads this process has, whoever made them.
std::uint32_t CountThreads();

}  // namespace bench
