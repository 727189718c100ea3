#include "engine/session/keeper.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/session/mapi_initialized.h"
#include "windows/com_apartment.h"
#include "windows/event_handle.h"
#include "windows/message_pump.h"
#include "windows/named_thread.h"

namespace mapisync {

namespace {

struct Keeper {
  explicit Keeper(HMODULE kept) : module(kept) {}

  const HMODULE module;
  // Set once `result` is known.
  const EventHandle ready{EventHandle::Reset::kManual};
  HRESULT result = mapi::MAPI_E_NOT_ENOUGH_MEMORY;
  std::atomic<bool> calls_forbidden{false};
};

struct Keepers {
  std::mutex mutex;
  std::vector<std::shared_ptr<Keeper>> known;
};

// The engine's one mutable global: what MAPI has per process. Never destroyed, for its threads outlive everything.
Keepers& AllKeepers() {
  static auto* const keepers = new Keepers;
  return *keepers;
}

void Keep(const Library& library, bool service, const std::shared_ptr<Keeper>& keeper) {
  const ComApartment apartment;
  keeper->result = MapiInitialized::Initialize(library, service);
  const bool failed = FAILED(keeper->result);
  if (failed) {
    auto& keepers = AllKeepers();
    const std::lock_guard lock(keepers.mutex);
    std::erase(keepers.known, keeper);
  }
  keeper->ready.Set();
  if (failed) return;
  // Nobody ends this thread; a message that says so is dispatched like any other.
  for (;;) {
    WaitMessage();
    DispatchMessages();
  }
}

// The lock that it asks for guards the list.
std::shared_ptr<Keeper> Find(const Keepers& keepers, HMODULE module, const std::lock_guard<std::mutex>& /*lock*/) {
  for (const auto& known : keepers.known) {
    if (known->module == module) return known;
  }
  return nullptr;
}

std::shared_ptr<Keeper> Find(HMODULE module) {
  auto& keepers = AllKeepers();
  const std::lock_guard lock(keepers.mutex);
  return Find(keepers, module, lock);
}

}  // namespace

HRESULT KeepInitialized(const Library& library, bool service) {
  auto& keepers = AllKeepers();
  std::shared_ptr<Keeper> keeper;
  {
    const std::lock_guard lock(keepers.mutex);
    keeper = Find(keepers, library.module, lock);
    if (!keeper) {
      keeper = std::make_shared<Keeper>(library.module);
      auto body = [library, service, keeper] { Keep(library, service, keeper); };
      if (!StartThread(L"mapisync keeper", std::move(body))) return mapi::MAPI_E_NOT_ENOUGH_MEMORY;
      keepers.known.push_back(keeper);
    }
  }
  WaitPumping(keeper->ready.get());
  return keeper->result;
}

void ForbidCalls(const Library& library) {
  if (const auto keeper = Find(library.module)) keeper->calls_forbidden.store(true);
}

bool CallsAreForbidden(const Library& library) {
  const auto keeper = Find(library.module);
  return keeper && keeper->calls_forbidden.load();
}

}  // namespace mapisync
