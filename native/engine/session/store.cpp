#include "engine/store.h"

#include <utility>

#include "engine/session/store_core.h"

namespace mapisync {

Store::Store(std::shared_ptr<StoreCore> core) : core_(std::move(core)) {}

Store::~Store() = default;

const StoreRow& Store::row() const { return core_->row(); }

bool Store::can_synchronize() const { return core_->can_synchronize(); }

std::shared_ptr<SyncJob> Store::Synchronize(const SyncRequest& request, std::shared_ptr<EventReader> reader) {
  return core_->Synchronize(request, std::move(reader));
}

void Store::Close(std::uint32_t grace_ms, std::function<void(bool)> closed) {
  core_->Close(grace_ms, std::move(closed));
}

}  // namespace mapisync
