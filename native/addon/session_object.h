// binding.ts's NativeSession.
#pragma once

#include <napi.h>

#include <cstdint>
#include <memory>
#include <utility>

#include "engine/session.h"

namespace mapisync {

// A session as JavaScript's objects share it: the session's own object, those of its stores and those of its runs. When
// the last of them has been collected, the session is closed, if nobody closed it before.
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
  // How long a collected session waits for its providers, in the background.
  static constexpr std::uint32_t kCollectedGraceMs = 5000;

  const std::shared_ptr<Session> session_;
};

class SessionObject : public Napi::ObjectWrap<SessionObject> {
 public:
  static Napi::Function DefineClass(Napi::Env env);
  static Napi::Value Wrap(Napi::Env env, const std::shared_ptr<Session>& session);

  explicit SessionObject(const Napi::CallbackInfo& info);
  ~SessionObject() override = default;

 private:
  Napi::Value Stores(const Napi::CallbackInfo& info);
  Napi::Value OpenStore(const Napi::CallbackInfo& info);
  Napi::Value Close(const Napi::CallbackInfo& info);

  std::shared_ptr<OwnedSession> session_;
};

}  // namespace mapisync
