#include "engine/session/mapi_session.h"

#include <utility>

#include "engine/session/session_core.h"

namespace mapisync {

MapiSession::MapiSession(std::shared_ptr<SessionCore> core) : core_(std::move(core)) {}

MapiSession::~MapiSession() { core_->LogOffWhenIdle(); }

const SessionInfo& MapiSession::info() const { return core_->info(); }

std::shared_ptr<Request> MapiSession::ListStores(Reply<std::vector<StoreRow>> reply) {
  return core_->ListStores(std::move(reply));
}

std::shared_ptr<Request> MapiSession::OpenStore(std::vector<std::uint8_t> entry_id,
                                                Reply<std::shared_ptr<Store>> reply) {
  return core_->OpenStore(std::move(entry_id), std::move(reply));
}

void MapiSession::Close(std::uint32_t grace_ms, std::function<void(CloseReport)> closed) {
  core_->Close(grace_ms, closed);
}

void MapiSession::Leave() { core_->LeaveBehind(0); }

}  // namespace mapisync
