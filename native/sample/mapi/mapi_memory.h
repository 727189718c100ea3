// MAPI's allocator: blocks that hang on a first block and go with it.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/managing-memory-in-mapi
#pragma once

#include <cstddef>
#include <memory>

#include "mapi/structures.h"

namespace mapisync::sample {

// Any thread. A first block, aligned for anything, to be freed by FreeMapiBuffer. NULL when memory is out or size is
// too big.
void* AllocateMapiBuffer(std::size_t size) noexcept;

// Any thread. A block that lives as long as `base`, which AllocateMapiBuffer made. NULL when memory is out, or where
// `base` is no such block.
void* AllocateMapiMore(std::size_t size, void* base) noexcept;

// Any thread. Frees a first block with all that hangs on it; NULL is fine. What is freed is overwritten, so that a
// reader who comes late is seen. False, and nothing is freed, where `buffer` is no first block.
bool FreeMapiBuffer(void* buffer) noexcept;

// A row set as QueryRows hands it out: each row is an allocation of its own.
void FreeRowSet(mapi::SRowSet* rows) noexcept;

struct MapiBufferDeleter {
  void operator()(void* buffer) const noexcept { FreeMapiBuffer(buffer); }
};
template <typename T>
using MapiBuffer = std::unique_ptr<T, MapiBufferDeleter>;

struct RowSetDeleter {
  void operator()(mapi::SRowSet* rows) const noexcept { FreeRowSet(rows); }
};
using RowSetPtr = std::unique_ptr<mapi::SRowSet, RowSetDeleter>;

}  // namespace mapisync::sample
