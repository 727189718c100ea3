// Memory that a MAPI library has given: freed by the same library.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/managing-memory-in-mapi-applications
#pragma once

#include "engine/library/library.h"

namespace mapisync {

// One block of MAPIAllocateBuffer, with what hangs on it.
template <typename T>
class MapiBuffer {
 public:
  explicit MapiBuffer(const Library& library) : library_(library) {}
  ~MapiBuffer() {
    if (memory_ != nullptr) library_.free_buffer(memory_);
  }
  MapiBuffer(const MapiBuffer&) = delete;
  MapiBuffer& operator=(const MapiBuffer&) = delete;

  T* get() const { return memory_; }
  T* operator->() const { return memory_; }
  explicit operator bool() const { return memory_ != nullptr; }
  // For one out parameter.
  T** Receive() { return &memory_; }

 private:
  const Library& library_;
  T* memory_ = nullptr;
};

// A row set: each row's values are a block of their own, freed before the set.
class RowSet {
 public:
  explicit RowSet(const Library& library) : library_(library) {}
  ~RowSet() {
    if (rows_ == nullptr) return;
    for (ULONG at = 0; at < rows_->cRows; ++at) library_.free_buffer(rows_->aRow[at].lpProps);
    library_.free_buffer(rows_);
  }
  RowSet(const RowSet&) = delete;
  RowSet& operator=(const RowSet&) = delete;

  const mapi::SRowSet* get() const { return rows_; }
  // For one out parameter.
  mapi::SRowSet** Receive() { return &rows_; }

 private:
  const Library& library_;
  mapi::SRowSet* rows_ = nullptr;
};

}  // namespace mapisync
