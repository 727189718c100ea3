#include "addon/session_object.h"

#include <vector>

#include "addon/environment.h"
#include "addon/question.h"
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
  const auto environment = Environment::Of(env);
  environment->Add(session);
  Napi::Object object = environment->session_class.New({});
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
  const Question question(info.Env());
  return question.ToJs((*session_)->ListStores(question.ReplyWith<std::vector<StoreRow>>(
      [](Napi::Env env, const std::vector<StoreRow>& rows) { return ToJs(env, rows); },
      [](const std::vector<StoreRow>&) {})));
}

Napi::Value SessionObject::OpenStore(const Napi::CallbackInfo& info) {
  const auto bytes = info[0].As<Napi::Uint8Array>();
  const Question question(info.Env());
  return question.ToJs(
      (*session_)->OpenStore({bytes.Data(), bytes.Data() + bytes.ByteLength()},
                             question.ReplyWith<std::shared_ptr<Store>>(
                                 [session = session_](Napi::Env env, const std::shared_ptr<Store>& store) {
                                   return StoreObject::Wrap(env, store, session);
                                 },
                                 [](const std::shared_ptr<Store>& store) { store->Close(0, [](bool) {}); })));
}

Napi::Value SessionObject::Close(const Napi::CallbackInfo& info) {
  const Question question(info.Env());
  (*session_)->Close(info[0].As<Napi::Number>().Uint32Value(),
                     question.CallbackWith<CloseReport>([](Napi::Env env, const CloseReport& report) {
                       Napi::Object object = Napi::Object::New(env);
                       object.Set("abandoned", static_cast<double>(report.abandoned));
                       return object;
                     }));
  return question.promise();
}

}  // namespace mapisync
