// One run: a SynchronizeInBackground call, what the provider reports, and its one end. No windows.h here.
//
// A run has *ended* once its end is decided (run/run_state.h); the End event says so. The provider has *let go* of it
// when
// - the SynchronizeInBackground call has returned, or was never made;
// - the provider holds no reference to the callback object any more;
// - the thread-done event has been signalled, if the call that succeeded, or Done, brought one that could be watched. A
//   provider that forgets to signal it is not waited for for ever: two seconds after Done, with no reference left, will
//   do. Where there was no event and the provider has never taken a reference, Done has been called: nothing else would
//   tell that it is over.
// A provider that answers MAPI_E_BUSY is called again, after pauses that grow, until the run ends.
// Until then all that it may use stays alive: the callback object with the MAPISIB and the handle's place, the store's
// IMAPISync, the session. The next run on the store begins after that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "events/event_channel.h"

namespace mapisync {

struct SyncRequest {
  // MAPISIB::ulFlags, as it is.
  std::uint32_t flags = 0;
  Delivery delivery = Delivery::kLatest;
  // Milliseconds, 0: no limit. The provider's time: system sleep does not count; for stall_ms, neither does the time in
  // which the provider is held for the reader, and it counts from the call on. A stall is noticed at most an eighth
  // late.
  std::uint32_t timeout_ms = 0;
  std::uint32_t stall_ms = 0;
  std::uint32_t hold_ms = 0;
};

// The a of an End event; src/native/binding.ts has the same numbers.
enum class EndReason : std::uint32_t {
  kDone = 1,
  kCallFailed = 2,
  kNoResult = 3,
  kCancelled = 4,
  kTimeout = 5,
  kStalled = 6,
  kReaderStalled = 7,
  // The call could not be made; the event's text is the operation that failed, such as "MAPIInitialize".
  kNotCalled = 8,
};

// What a run has counted so far.
struct RunCounts {
  // Progress and Error calls that the provider made before the end.
  std::uint64_t updates = 0;
  std::uint64_t problems = 0;
  // Delivery::kEvery: progress calls of threads that must not wait which a newer one has overtaken.
  std::uint64_t overtaken = 0;
  // Bytes that undelivered events and their texts take up.
  std::uint64_t bytes_in_use = 0;
};

// Any thread, under no lock, unless it says otherwise.
class Run {
 public:
  virtual ~Run() = default;

  // The reader's thread. Moves at most `max_events` events, the oldest first, into `batch` and answers how many there
  // were. Start comes when the call is about to be made (or right before End), End once and last.
  virtual std::size_t Take(std::size_t max_events, EventBatch* batch) = 0;
  // The reader has gone: what is undelivered and what comes is dropped, and a provider that waits for room goes on.
  virtual void CloseForReader() = 0;

  // Ends the run as cancelled, unless it has ended; from then on the provider is told MAPI_E_USER_CANCEL.
  virtual void Cancel() = 0;
  // Is End in the channel, or being written? True before the reader can be woken by it.
  virtual bool ended() const = 0;
  // The HRESULT of the first Done call, if it came before the end.
  virtual std::optional<std::uint32_t> done() const = 0;
  virtual RunCounts counts() const = 0;

  // Both return at once. The answer is given once, on any thread, possibly before they return, under no lock.
  //
  // What SynchronizeInBackground returned, once it has, be it after the end; nothing, if the run ended without calling
  // it. Never answered if the call never returns.
  virtual void WhenReturned(std::function<void(std::optional<std::uint32_t>)> answer) = 0;
  // true when the provider has let go, false when grace_ms have passed before that.
  virtual void WhenLetGo(std::uint32_t grace_ms, std::function<void(bool)> answer) = 0;
};

}  // namespace mapisync
