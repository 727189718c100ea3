// A session as JavaScript has it: closed when the last of its session, store and run objects was collected, if
// nobody closed it before.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>

#include "engine/session.h"

namespace mapisync {

class OwnedSession {
 public:
  explicit OwnedSession(std::shared_ptr<Session> session) : session_(std::move(session)) {}
  ~OwnedSession() {
    session_->Close(kCollectedGraceMs, [](CloseReport) {});
  }
  OwnedSession(const OwnedSession&) = delete;
  OwnedSession& operator=(const OwnedSession&) = delete;

  Session* operator->() const { return session_.get(); }

 private:
  // How long such a session may wait for its providers; nobody waits for it.
  static constexpr std::uint32_t kCollectedGraceMs = 5000;

  std::shared_ptr<Session> session_;
};

}  // namespace mapisync
