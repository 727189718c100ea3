// What of the sample is alive in this process: for tests that must see everything come back.
#pragma once

#include <atomic>
#include <cstdint>

namespace mapisync::sample {

// The kinds of COM objects that this DLL hands out.
enum class ObjectKind : std::uint8_t { kSession, kStore, kTable, kStatus, kProfileAdmin };
inline constexpr int kObjectKinds = 5;

// Filled in by the export MapisyncSampleCounters. All numbers are of this process and this moment, taken one after
// another: they are exact when nothing else is going on. Counters are only ever added, at the end.
struct SampleCounters {
  std::uint32_t size = sizeof(SampleCounters);  // in: of the structure that the caller has; out: of what was filled in
  std::int32_t objects[kObjectKinds] = {};      // living objects, by ObjectKind
  std::int32_t references = 0;                  // to all of those together
  std::int32_t runs = 0;                        // synchronisations that have not let go of their callback yet
  std::int32_t threads = 0;                     // threads that the sample has started and that have not finished
  std::int32_t allocations = 0;                 // MAPIAllocateBuffer and MAPIAllocateMore blocks that are not freed
  std::int32_t initializations = 0;             // MAPIInitialize calls without their MAPIUninitialize
  std::int32_t callback_references = 0;         // to callbacks: taken and not given back
  std::uint64_t repeat_calls = 0;               // steps that `repeat` lines have carried out so far,
  std::uint64_t repeat_ns = 0;                  // and the time that they took, in nanoseconds, of all threads together
  std::int32_t uninitializations = 0;           // MAPIUninitialize calls that took a MAPIInitialize back
  std::int32_t logoffs = 0;                     // IMAPISession::Logoff calls that have logged off
  std::int32_t fast_shutdowns = 0;              // IMAPIClientShutdown::DoFastShutdown calls
  std::int32_t calls_after_fast_shutdown = 0;   // calls of a client after the first of those
};

// Any thread. The one place where the sample counts; constant-initialised, never destroyed.
class LiveCounters {
 public:
  void ObjectMade(ObjectKind kind) noexcept {
    objects_[static_cast<int>(kind)].fetch_add(1, std::memory_order_relaxed);
  }
  void ObjectGone(ObjectKind kind) noexcept {
    objects_[static_cast<int>(kind)].fetch_sub(1, std::memory_order_relaxed);
  }

  std::atomic<std::int32_t> references{0};
  std::atomic<std::int32_t> runs{0};
  std::atomic<std::int32_t> threads{0};
  std::atomic<std::int32_t> allocations{0};
  std::atomic<std::int32_t> initializations{0};
  std::atomic<std::int32_t> callback_references{0};
  std::atomic<std::uint64_t> repeat_calls{0};
  std::atomic<std::uint64_t> repeat_ns{0};
  std::atomic<std::int32_t> uninitializations{0};
  std::atomic<std::int32_t> logoffs{0};
  std::atomic<std::int32_t> fast_shutdowns{0};
  std::atomic<std::int32_t> calls_after_fast_shutdown{0};

  // Fills in as much of `counters` as its size allows.
  void Read(SampleCounters* counters) const noexcept;

 private:
  std::atomic<std::int32_t> objects_[kObjectKinds] = {};
};

LiveCounters& Live() noexcept;

}  // namespace mapisync::sample
