#include "engine/session/mapi_store.h"

#include <utility>

#include "engine/session/store_core.h"

namespace mapisync {

MapiStore::MapiStore(std::shared_ptr<StoreCore> core) : core_(std::move(core)) {}

MapiStore::~MapiStore() = default;

const StoreRow& MapiStore::row() const { return core_->row(); }

bool MapiStore::can_synchronize() const { return core_->can_synchronize(); }

std::shared_ptr<Run> MapiStore::Synchronize(const SyncRequest& request, std::shared_ptr<EventReader> reader) {
  return core_->Synchronize(request, std::move(reader));
}

void MapiStore::Close(std::uint32_t grace_ms, std::function<void(bool)> closed) {
  core_->Close(grace_ms, std::move(closed));
}

}  // namespace mapisync
