// binding.ts's NativeSession.
#pragma once

#include <napi.h>

#include <memory>

#include "addon/owned_session.h"
#include "engine/session.h"

namespace mapisync {

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
