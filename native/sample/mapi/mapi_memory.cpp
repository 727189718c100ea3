#include "sample/mapi/mapi_memory.h"

#include <cstdint>
#include <cstring>
#include <mutex>
#include <new>

#include "sample/mapi/live_counters.h"

namespace mapisync::sample {
namespace {

constexpr std::uint32_t kFirstBlock = 0x4D415031;
constexpr std::uint32_t kMoreBlock = 0x4D415032;
constexpr std::uint32_t kFreedBlock = 0x4D41DEAD;
constexpr unsigned char kFreedByte = 0xDD;

// Stands in front of every block; its size keeps the block behind it aligned for anything.
struct alignas(16) BlockHead {
  std::uint32_t mark;
  std::size_t size;
  BlockHead* next;  // the blocks that hang on a first block
};

BlockHead* HeadOf(void* block) noexcept { return static_cast<BlockHead*>(block) - 1; }

// Guards every chain: MAPIAllocateMore may be called for one base from several threads.
std::mutex& ChainMutex() noexcept {
  // Never destroyed: provider threads may allocate until the process has gone.
  // NOLINTNEXTLINE(bugprone-unhandled-exception-at-new): without it all ends anyway
  static std::mutex& mutex = *new std::mutex;
  return mutex;
}

BlockHead* NewBlock(std::size_t size, std::uint32_t mark) noexcept {
  if (size > SIZE_MAX - sizeof(BlockHead)) return nullptr;
  auto* head = static_cast<BlockHead*>(
      ::operator new (sizeof(BlockHead) + size, std::align_val_t{alignof(BlockHead)}, std::nothrow));
  if (head == nullptr) return nullptr;
  head->mark = mark;
  head->size = size;
  head->next = nullptr;
  Live().allocations.fetch_add(1, std::memory_order_relaxed);
  return head;
}

void DeleteBlock(BlockHead* head) noexcept {
  head->mark = kFreedBlock;
  std::memset(head + 1, kFreedByte, head->size);
  ::operator delete (head, std::align_val_t{alignof(BlockHead)});
  Live().allocations.fetch_sub(1, std::memory_order_relaxed);
}

}  // namespace

void* AllocateMapiBuffer(std::size_t size) noexcept {
  BlockHead* head = NewBlock(size, kFirstBlock);
  return head == nullptr ? nullptr : head + 1;
}

void* AllocateMapiMore(std::size_t size, void* base) noexcept {
  if (base == nullptr || HeadOf(base)->mark != kFirstBlock) return nullptr;
  BlockHead* head = NewBlock(size, kMoreBlock);
  if (head == nullptr) return nullptr;
  const std::lock_guard lock(ChainMutex());
  head->next = HeadOf(base)->next;
  HeadOf(base)->next = head;
  return head + 1;
}

bool FreeMapiBuffer(void* buffer) noexcept {
  if (buffer == nullptr) return true;
  BlockHead* head = HeadOf(buffer);
  if (head->mark != kFirstBlock) return false;
  while (head != nullptr) {
    BlockHead* next = head->next;
    DeleteBlock(head);
    head = next;
  }
  return true;
}

void FreeRowSet(mapi::SRowSet* rows) noexcept {
  if (rows == nullptr) return;
  for (std::uint32_t i = 0; i < rows->cRows; ++i) FreeMapiBuffer(rows->aRow[i].lpProps);
  FreeMapiBuffer(rows);
}

}  // namespace mapisync::sample
