// The session as its owner holds it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "engine/session.h"

namespace mapisync {

class SessionCore;

class MapiSession final : public Session {
 public:
  explicit MapiSession(std::shared_ptr<SessionCore> core);
  ~MapiSession() override;
  MapiSession(const MapiSession&) = delete;
  MapiSession& operator=(const MapiSession&) = delete;

  const SessionInfo& info() const override;
  std::shared_ptr<Request> ListStores(Reply<std::vector<StoreRow>> reply) override;
  std::shared_ptr<Request> OpenStore(std::vector<std::uint8_t> entry_id, Reply<std::shared_ptr<Store>> reply) override;
  void Close(std::uint32_t grace_ms, std::function<void(CloseReport)> closed) override;
  void Leave() override;

 private:
  const std::shared_ptr<SessionCore> core_;
};

}  // namespace mapisync
