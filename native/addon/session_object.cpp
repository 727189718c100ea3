#include "addon/session_object.h"

#include <vector>

#include "addon/environment.h"
#include "addon/pending_promise.h"
#include "addon/store_object.h"
#include "addon/value_conversion.h"

namespace mapisync {

Napi::Function SessionObject::DefineClass(Napi::Env env) {
  return ObjectWrap::DefineClass(
      env, "NativeSession",
      {InstanceMethod("stores", &SessionObject::Stores), InstanceMethod("openStore", &SessionObject::OpenStore),
       InstanceMethod("close", &SessionObject::Close)});
}

Napi::Value SessionObject::Wrap(Napi::Env env, const std::shared_ptr<Session>& session) {
  Environment& environment = Environment::Of(env);
  environment.Add(session);
  Napi::Object object = environment.session_class.New({});
  Unwrap(object)->session_ = std::make_shared<OwnedSession>(session);

  const SessionInfo& info = session->info();
  Napi::Object mapi = Napi::Object::New(env);
  mapi.Set("path", ToJs(env, info.mapi_path));
  mapi.Set("version", ToJs(env, info.mapi_version));
  mapi.Set("bits", info.bits);
  mapi.Set("foundBy", info.found_by);
  object.Set("profile", ToJs(env, info.profile));
  object.Set("mapi", mapi);
  return object;
}

SessionObject::SessionObject(const Napi::CallbackInfo& info) : ObjectWrap(info) {}

Napi::Value SessionObject::Stores(const Napi::CallbackInfo& info) {
  using Rows = std::vector<StoreRow>;
  return RequestOf<Rows>(
      info.Env(), [](Napi::Env env, const Rows& rows) { return ToJs(env, rows); },
      [this](Reply<Rows> reply) { return (*session_)->ListStores(std::move(reply)); });
}

Napi::Value SessionObject::OpenStore(const Napi::CallbackInfo& info) {
  const auto bytes = info[0].As<Napi::Uint8Array>();
  return RequestOf<std::shared_ptr<Store>>(
      info.Env(),
      [session = session_](Napi::Env env, const std::shared_ptr<Store>& store) {
        return StoreObject::Wrap(env, store, session);
      },
      [this, &bytes](Reply<std::shared_ptr<Store>> reply) {
        return (*session_)->OpenStore({bytes.Data(), bytes.Data() + bytes.ByteLength()}, std::move(reply));
      });
}

Napi::Value SessionObject::Close(const Napi::CallbackInfo& info) {
  const auto to_js = [](Napi::Env env, const CloseReport& report) {
    Napi::Object object = Napi::Object::New(env);
    object.Set("abandoned", static_cast<double>(report.abandoned));
    return object;
  };
  const std::uint32_t grace_ms = info[0].As<Napi::Number>().Uint32Value();
  return PromiseOf<CloseReport>(info.Env(), to_js, [this, grace_ms](std::function<void(CloseReport)> closed) {
    (*session_)->Close(grace_ms, std::move(closed));
  });
}

}  // namespace mapisync
