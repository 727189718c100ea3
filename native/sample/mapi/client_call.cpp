#include "sample/mapi/client_call.h"

#include "sample/mapi/books.h"
#include "sample/mapi/live_counters.h"

namespace mapisync::sample {
namespace {

thread_local int depth = 0;

}  // namespace

ClientCall::ClientCall() noexcept {
  if (depth++ > 0 || Live().fast_shutdowns.load(std::memory_order_relaxed) == 0) return;
  Live().calls_after_fast_shutdown.fetch_add(1, std::memory_order_relaxed);
  WriteBooks();
}

ClientCall::~ClientCall() { --depth; }

}  // namespace mapisync::sample
