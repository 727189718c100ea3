#include "addon/store_object.h"

#include "addon/environment.h"
#include "addon/pending_promise.h"
#include "addon/run_object.h"
#include "addon/value_conversion.h"

namespace mapisync {

Napi::Function StoreObject::DefineClass(Napi::Env env) {
  return ObjectWrap::DefineClass(
      env, "NativeStore",
      {InstanceMethod("synchronize", &StoreObject::Synchronize), InstanceMethod("close", &StoreObject::Close)});
}

Napi::Value StoreObject::Wrap(Napi::Env env, const std::shared_ptr<Store>& store,
                              const std::shared_ptr<OwnedSession>& session) {
  Napi::Object object = Environment::Of(env).store_class.New({});
  StoreObject* self = Unwrap(object);
  self->store_ = store;
  self->session_ = session;
  object.Set("row", ToJs(env, store->row()));
  object.Set("canSynchronize", store->can_synchronize());
  return object;
}

StoreObject::StoreObject(const Napi::CallbackInfo& info) : ObjectWrap(info) {}

Napi::Value StoreObject::Synchronize(const Napi::CallbackInfo& info) {
  const auto options = info[0].As<Napi::Object>();
  const auto number = [&options](const char* name) { return options.Get(name).As<Napi::Number>().Uint32Value(); };
  SyncRequest request;
  request.flags = number("flags");
  request.delivery = options.Get("every").As<Napi::Boolean>() ? Delivery::kEvery : Delivery::kLatest;
  request.timeout_ms = number("timeoutMs");
  request.stall_ms = number("stallMs");
  request.hold_ms = number("holdMs");
  return RunObject::Begin(info.Env(), *store_, session_, request, info[1].As<Napi::Function>());
}

Napi::Value StoreObject::Close(const Napi::CallbackInfo& info) {
  const std::uint32_t grace_ms = info[0].As<Napi::Number>().Uint32Value();
  return PromiseOf<bool>(info.Env(), Napi::Boolean::New, [this, grace_ms](std::function<void(bool)> closed) {
    store_->Close(grace_ms, std::move(closed));
  });
}

}  // namespace mapisync
