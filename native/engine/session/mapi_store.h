// The store as its owner holds it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "engine/store.h"

namespace mapisync {

class StoreCore;

class MapiStore final : public Store {
 public:
  explicit MapiStore(std::shared_ptr<StoreCore> core);
  ~MapiStore() override;
  MapiStore(const MapiStore&) = delete;
  MapiStore& operator=(const MapiStore&) = delete;

  const StoreRow& row() const override;
  bool can_synchronize() const override;
  std::shared_ptr<Run> Synchronize(const SyncRequest& request, std::shared_ptr<EventReader> reader) override;
  void Close(std::uint32_t grace_ms, std::function<void(bool)> closed) override;

 private:
  const std::shared_ptr<StoreCore> core_;
};

}  // namespace mapisync
