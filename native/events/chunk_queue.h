// A first-in, first-out queue in chunks of one page: elements never move, and none costs an allocation of its own.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace mapisync {

template <typename T>
class ChunkQueue {
  static_assert(std::is_nothrow_move_constructible_v<T> && std::is_nothrow_destructible_v<T>);

 public:
  ChunkQueue() = default;
  ~ChunkQueue() { Clear(); }
  ChunkQueue(const ChunkQueue&) = delete;
  ChunkQueue& operator=(const ChunkQueue&) = delete;

  bool empty() const noexcept { return size_ == 0; }
  std::size_t size() const noexcept { return size_; }
  // What the queue has allocated, the elements' own allocations not included.
  std::size_t bytes() const noexcept { return chunks_ * sizeof(Chunk); }

  T& front() noexcept { return *At(first_, first_index_); }
  T& back() noexcept { return *At(last_, last_index_ - 1); }
  const T& back() const noexcept { return *At(last_, last_index_ - 1); }

  // Has the last chunk a place for one more?
  bool HasPlace() const noexcept { return last_ != nullptr && last_index_ < kElements; }

  // Makes the next Push one that cannot fail. Throws std::bad_alloc, and has changed nothing then.
  void EnsureRoom() {
    if (HasPlace() || spare_ != nullptr) return;
    spare_ = new Chunk;
    ++chunks_;
  }

  // EnsureRoom has been called.
  T& Push(T&& element) noexcept {
    if (last_ == nullptr || last_index_ == kElements) {
      Chunk* const chunk = std::exchange(spare_, nullptr);
      chunk->next = nullptr;
      (last_ == nullptr ? first_ : last_->next) = chunk;
      last_ = chunk;
      last_index_ = 0;
    }
    T* const placed = std::construct_at(Place(last_, last_index_), std::move(element));
    ++last_index_;
    ++size_;
    return *placed;
  }

  void Pop() noexcept {
    std::destroy_at(&front());
    ++first_index_;
    if (--size_ == 0) {
      first_index_ = 0;
      last_index_ = 0;
    } else if (first_index_ == kElements) {
      Chunk* const emptied = std::exchange(first_, first_->next);
      first_index_ = 0;
      // One chunk is kept, so that a queue which is filled and emptied in turn does not allocate.
      Free(std::exchange(spare_, emptied));
    }
  }

  // Moves from the front to `to`, which is empty, whole chunks until those have so many elements, but never the one
  // that Push goes on with: their number is what it costs.
  void MoveChunks(ChunkQueue* to, std::size_t elements) noexcept {
    if (first_ == last_ || elements == 0) return;
    to->Clear();
    to->first_ = first_;
    to->first_index_ = std::exchange(first_index_, 0);
    std::size_t moved = kElements - to->first_index_;
    to->last_ = first_;
    to->chunks_ = 1;
    while (moved < elements && to->last_->next != last_) {
      to->last_ = to->last_->next;
      moved += kElements;
      ++to->chunks_;
    }
    first_ = std::exchange(to->last_->next, nullptr);
    to->last_index_ = kElements;
    to->size_ = moved;
    size_ -= moved;
    chunks_ -= to->chunks_;
  }

  // Frees the chunks as well.
  void Clear() noexcept {
    while (!empty()) Pop();
    Free(std::exchange(first_, nullptr));
    Free(std::exchange(spare_, nullptr));
    last_ = nullptr;
    last_index_ = 0;
  }

 private:
  static constexpr std::size_t kElements = (4096 - sizeof(void*)) / sizeof(T);
  static_assert(kElements > 1);

  struct Chunk {
    Chunk* next;
    alignas(T) unsigned char elements[kElements * sizeof(T)];
  };

  static T* Place(Chunk* chunk, std::size_t index) noexcept { return reinterpret_cast<T*>(chunk->elements) + index; }
  static T* At(Chunk* chunk, std::size_t index) noexcept { return std::launder(Place(chunk, index)); }

  void Free(Chunk* chunk) noexcept {
    if (chunk == nullptr) return;
    delete chunk;
    --chunks_;
  }

  // Where there are elements: from first_[first_index_] to last_[last_index_ - 1]. An empty queue keeps its last chunk.
  Chunk* first_ = nullptr;
  Chunk* last_ = nullptr;
  Chunk* spare_ = nullptr;
  std::size_t first_index_ = 0;
  std::size_t last_index_ = 0;
  std::size_t size_ = 0;
  std::size_t chunks_ = 0;
};

}  // namespace mapisync
