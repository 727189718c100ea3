// The addon's exports: binding.ts's Binding.
#include <napi.h>

#include <memory>
#include <vector>

#include "addon/environment.h"
#include "addon/pending_promise.h"
#include "addon/run_object.h"
#include "addon/session_object.h"
#include "addon/store_object.h"
#include "addon/value_conversion.h"
#include "engine/engine.h"

namespace mapisync {

namespace {

Napi::Value Profiles(const Napi::CallbackInfo& info) {
  using Rows = std::vector<ProfileRow>;
  return RequestOf<Rows>(
      info.Env(), [](Napi::Env env, const Rows& rows) { return ToJs(env, rows); },
      [&info](Reply<Rows> reply) { return TheEngine().ListProfiles({TextFromJs(info[0])}, std::move(reply)); });
}

Napi::Value LogOn(const Napi::CallbackInfo& info) {
  const auto object = info[0].As<Napi::Object>();
  const auto is = [&object](const char* name) { return object.Get(name).As<Napi::Boolean>().Value(); };
  LogOnOptions options;
  options.mapi_path = TextFromJs(object.Get("mapi"));
  options.profile = TextFromJs(object.Get("profile"));
  options.ui = is("ui");
  options.join = is("join");
  options.transports = is("transports");
  options.service = is("service");
  return RequestOf<std::shared_ptr<Session>>(
      info.Env(), SessionObject::Wrap,
      [&options](Reply<std::shared_ptr<Session>> reply) { return TheEngine().LogOn(options, std::move(reply)); });
}

void SetEndsProcess(const Napi::CallbackInfo& info) {
  Environment::Of(info.Env()).set_ends_process(info[0].As<Napi::Boolean>());
}

void LeaveAll(const Napi::CallbackInfo& info) { TheEngine().LeaveAll(info[0].As<Napi::Number>().Uint32Value()); }

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  Environment& environment = Environment::Enter(env);
  environment.session_class = Napi::Persistent(SessionObject::DefineClass(env));
  environment.store_class = Napi::Persistent(StoreObject::DefineClass(env));
  environment.run_class = Napi::Persistent(RunObject::DefineClass(env));
  exports.Set("bits", static_cast<double>(sizeof(void*) * 8));
  exports.Set("profiles", Napi::Function::New(env, Profiles, "profiles"));
  exports.Set("logOn", Napi::Function::New(env, LogOn, "logOn"));
  exports.Set("setEndsProcess", Napi::Function::New(env, SetEndsProcess, "setEndsProcess"));
  exports.Set("leaveAll", Napi::Function::New(env, LeaveAll, "leaveAll"));
  return exports;
}

}  // namespace

NODE_API_MODULE(mapisync, Init)

}  // namespace mapisync
