#include "sample/mapi/subsystem.h"

#include <objbase.h>

#include <cstdint>

#include "sample/mapi/books.h"
#include "sample/mapi/live_counters.h"

namespace mapisync::sample {
namespace {

constexpr ULONG kKnownFlags = mapi::MAPI_MULTITHREAD_NOTIFICATIONS | mapi::MAPI_NO_COINIT | mapi::MAPI_NT_SERVICE;

// This thread's calls that have not been taken back, and how many of those initialised COM.
struct ThreadInitializations {
  std::uint32_t mapi = 0;
  std::uint32_t com = 0;
};
thread_local ThreadInitializations this_thread;

}  // namespace

HRESULT InitializeSubsystem(const mapi::MAPIINIT_0* init) noexcept {
  ULONG flags = 0;
  if (init != nullptr) {
    if (init->ulVersion != mapi::MAPI_INIT_VERSION) return mapi::MAPI_E_VERSION;
    flags = init->ulFlags;
  }
  if ((flags & ~kKnownFlags) != 0) return mapi::MAPI_E_UNKNOWN_FLAGS;
  if ((flags & mapi::MAPI_NO_COINIT) == 0) {
    const HRESULT com = CoInitialize(nullptr);
    if (FAILED(com)) return com;
    ++this_thread.com;
  }
  ++this_thread.mapi;
  Live().initializations.fetch_add(1, std::memory_order_relaxed);
  return S_OK;
}

void UninitializeSubsystem() noexcept {
  if (this_thread.mapi == 0) return;
  --this_thread.mapi;
  Live().initializations.fetch_sub(1, std::memory_order_relaxed);
  Live().uninitializations.fetch_add(1, std::memory_order_relaxed);
  WriteBooks();
  // Calls with and without COM are taken back in no given order: COM goes no later than the calls that want it.
  if (this_thread.com > this_thread.mapi) {
    --this_thread.com;
    CoUninitialize();
  }
}

bool IsSubsystemInitialized() noexcept { return this_thread.mapi > 0; }

}  // namespace mapisync::sample
