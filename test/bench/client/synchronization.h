// One synchronisation by a callback of this addon, as a promise of its end.
#pragma once

#include <napi.h>

#include "default_store.h"
#include "note.h"

namespace bench {

class Synchronization {
 public:
  // JavaScript's thread. With a listener, each call is sent to it as an object; without one, the callback does nothing.
  // Answers a promise of what Done said.
  static Napi::Promise Begin(Napi::Env env, DefaultStore& store, const Napi::Value& listener);

 private:
  Synchronization(Napi::Env env, const Napi::Value& listener);
  static void CallJs(napi_env env, napi_value listener, void* context, void* data) noexcept;
  void Deliver(Napi::Env env, const Napi::Function& listener, const Note& note);
  void Finish(Napi::Env env, const Note& done);

  Napi::Promise::Deferred deferred_;
  napi_threadsafe_function function_ = nullptr;
  HANDLE done_event_ = nullptr;
};

}  // namespace bench
