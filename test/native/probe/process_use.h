#pragma once

#include <cstdint>

namespace mapisync::probe {

// What this process has in use. Any thread; each takes some milliseconds.

// Open handles; 0 where the system does not tell. GetProcessHandleCount, the plain way, answers 0 under Wine.
std::uint32_t CountHandles();

// Threads that run.
std::uint32_t CountThreads();

// Bytes that are allocated from the process's heaps, by whichever module. V8's own heap is not among them.
std::uint64_t HeapBytes();

}  // namespace mapisync::probe
