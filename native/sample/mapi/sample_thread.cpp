#include "sample/mapi/sample_thread.h"

#include <cstddef>
#include <utility>

#include "sample/mapi/live_counters.h"
#include "windows/named_thread.h"

namespace mapisync::sample {
namespace {

// 500 stores at once are 500 threads: Windows' usual megabyte each would not fit a 32-bit process.
constexpr std::size_t kStackBytes = 256 * 1024;

}  // namespace

bool StartSampleThread(const wchar_t* name, std::function<void()> body) {
  return StartThread(name, std::move(body), kStackBytes);
}

ThreadCount::ThreadCount() noexcept { Live().threads.fetch_add(1, std::memory_order_relaxed); }

ThreadCount::~ThreadCount() { Live().threads.fetch_sub(1, std::memory_order_relaxed); }

}  // namespace mapisync::sample
