#include "engine/session.h"

#include <utility>

#include "engine/session/session_core.h"

namespace mapisync {

std::shared_ptr<Request> Session::LogOn(const LogOnOptions& options, Reply<std::shared_ptr<Session>> reply) {
  const auto pending = std::make_shared<SessionCore::LogOnReply>(std::move(reply));
  SessionCore::Start(options, pending);
  return pending;
}

Session::Session(std::shared_ptr<SessionCore> core) : core_(std::move(core)) {}

Session::~Session() { core_->LogOffWhenIdle(); }

const SessionInfo& Session::info() const { return core_->info(); }

std::shared_ptr<Request> Session::ListStores(Reply<std::vector<StoreRow>> reply) {
  return core_->ListStores(std::move(reply));
}

std::shared_ptr<Request> Session::OpenStore(std::vector<std::uint8_t> entry_id, Reply<std::shared_ptr<Store>> reply) {
  return core_->OpenStore(std::move(entry_id), std::move(reply));
}

void Session::Close(std::uint32_t grace_ms, const std::function<void(CloseReport)>& closed) {
  core_->Close(grace_ms, closed);
}

void Session::LeaveBehind(bool process_ends) { core_->LeaveBehind(process_ends); }

}  // namespace mapisync
