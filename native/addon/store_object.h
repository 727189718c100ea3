// binding.ts's NativeStore.
#pragma once

#include <napi.h>

#include <memory>

#include "addon/session_object.h"
#include "engine/store.h"

namespace mapisync {

class StoreObject : public Napi::ObjectWrap<StoreObject> {
 public:
  static Napi::Function DefineClass(Napi::Env env);
  static Napi::Value Wrap(Napi::Env env, const std::shared_ptr<Store>& store,
                          const std::shared_ptr<OwnedSession>& session);

  explicit StoreObject(const Napi::CallbackInfo& info);
  // A store that is collected without close() does not end its runs. It is released when they have let go of it.
  ~StoreObject() override = default;

 private:
  Napi::Value Synchronize(const Napi::CallbackInfo& info);
  Napi::Value Close(const Napi::CallbackInfo& info);

  std::shared_ptr<Store> store_;
  std::shared_ptr<OwnedSession> session_;
};

}  // namespace mapisync
