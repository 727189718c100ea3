#pragma once

#include <functional>

#include "sample/mapi/client_call.h"

namespace mapisync::sample {

// Starts a thread that runs `body` and nobody waits for. The DLL stays loaded for good from the first one on: a thread
// of the sample may be anywhere in its code when the client lets go. False where there can be no more threads. An
// exception that leaves `body` ends the process.
bool StartThread(const wchar_t* name, std::function<void()> body);

// Counts the calling thread among the sample's, for the length of a scope. What it calls meanwhile is no client's call.
class ThreadCount {
 public:
  ThreadCount() noexcept;
  ~ThreadCount();
  ThreadCount(const ThreadCount&) = delete;
  ThreadCount& operator=(const ThreadCount&) = delete;

 private:
  const ClientCall own_calls_;
};

}  // namespace mapisync::sample
