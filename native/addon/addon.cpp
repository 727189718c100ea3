// The addon's exports: binding.ts's Binding.
#include <napi.h>

#include <memory>
#include <vector>

#include "addon/environment.h"
#include "addon/question.h"
#include "addon/run_object.h"
#include "addon/session_object.h"
#include "addon/store_object.h"
#include "addon/value_conversion.h"
#include "engine/engine.h"

namespace mapisync {

namespace {

Napi::Value Profiles(const Napi::CallbackInfo& info) {
  const Question question(info.Env());
  return question.ToJs(TheEngine().ListProfiles(
      {TextFromJs(info[0])}, question.ReplyWith<std::vector<ProfileRow>>(
                                 [](Napi::Env env, const std::vector<ProfileRow>& rows) { return ToJs(env, rows); },
                                 [](const std::vector<ProfileRow>&) {})));
}

Napi::Value LogOn(const Napi::CallbackInfo& info) {
  const auto options = info[0].As<Napi::Object>();
  const auto is = [&options](const char* name) { return options.Get(name).As<Napi::Boolean>().Value(); };
  LogOnOptions log_on;
  log_on.mapi_path = TextFromJs(options.Get("mapi"));
  log_on.profile = TextFromJs(options.Get("profile"));
  log_on.ui = is("ui");
  log_on.join = is("join");
  log_on.transports = is("transports");
  log_on.service = is("service");
  const Question question(info.Env());
  return question.ToJs(TheEngine().LogOn(log_on, question.ReplyWith<std::shared_ptr<Session>>(
                                                     SessionObject::Wrap, [](const std::shared_ptr<Session>& session) {
                                                       session->Close(0, [](CloseReport) {});
                                                     })));
}

void SetEndsProcess(const Napi::CallbackInfo& info) {
  Environment::Of(info.Env())->set_ends_process(info[0].As<Napi::Boolean>());
}

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  const auto environment = Environment::Enter(env);
  environment->session_class = Napi::Persistent(SessionObject::DefineClass(env));
  environment->store_class = Napi::Persistent(StoreObject::DefineClass(env));
  environment->run_class = Napi::Persistent(RunObject::DefineClass(env));
  exports.Set("bits", static_cast<double>(sizeof(void*) * 8));
  exports.Set("profiles", Napi::Function::New(env, Profiles, "profiles"));
  exports.Set("logOn", Napi::Function::New(env, LogOn, "logOn"));
  exports.Set("setEndsProcess", Napi::Function::New(env, SetEndsProcess, "setEndsProcess"));
  return exports;
}

}  // namespace

NODE_API_MODULE(mapisync, Init)

}  // namespace mapisync
