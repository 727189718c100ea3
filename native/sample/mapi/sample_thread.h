#pragma once

#include <functional>

#include "sample/mapi/client_call.h"

namespace mapisync::sample {

// Starts a thread of the sample's own, with a small stack. As StartThread in windows/named_thread.h.
bool StartSampleThread(const wchar_t* name, std::function<void()> body);

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
