// MAPIInitialize and its counterpart: who may use MAPI in this process, on which threads.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapiinitialize
#pragma once

#include "mapi/mapi.h"

namespace mapisync::sample {

// The calling thread. Counts; initialises COM as a single-threaded apartment unless MAPI_NO_COINIT is given, and
// answers what CoInitialize says where that fails (RPC_E_CHANGED_MODE on a thread of the multithreaded apartment).
HRESULT InitializeSubsystem(const mapi::MAPIINIT_0* init) noexcept;

// The calling thread: takes one InitializeSubsystem back. Without one it does nothing.
void UninitializeSubsystem() noexcept;

// Has the calling thread initialised MAPI, as every thread that uses it has to?
bool IsSubsystemInitialized() noexcept;

// Initialises MAPI, without COM, for a thread of the sample's own.
class SubsystemScope {
 public:
  SubsystemScope() noexcept {
    const mapi::MAPIINIT_0 init = {mapi::MAPI_INIT_VERSION,
                                   mapi::MAPI_MULTITHREAD_NOTIFICATIONS | mapi::MAPI_NO_COINIT};
    is_initialized_ = SUCCEEDED(InitializeSubsystem(&init));
  }
  ~SubsystemScope() {
    if (is_initialized_) UninitializeSubsystem();
  }
  SubsystemScope(const SubsystemScope&) = delete;
  SubsystemScope& operator=(const SubsystemScope&) = delete;

 private:
  bool is_initialized_ = false;
};

}  // namespace mapisync::sample
