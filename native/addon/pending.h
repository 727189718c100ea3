// A promise that an engine thread will settle, and the request object that can give it up.
#pragma once

#include <napi.h>

#include <functional>
#include <memory>
#include <utility>
#include <variant>

#include "addon/environment.h"
#include "addon/value_conversion.h"
#include "engine/failure.h"
#include "engine/session.h"

namespace mapisync {

// Does a pending promise keep the process alive?
enum class Process : bool { kMayEnd, kIsHeld };

// JavaScript's thread alone; engine threads only carry it.
class Pending {
 public:
  Pending(Napi::Env env, std::shared_ptr<Environment> environment, Process process)
      : deferred_(env), environment_(std::move(environment)), process_(process) {
    if (process_ == Process::kIsHeld) environment_->Hold();
  }
  Pending(const Pending&) = delete;
  Pending& operator=(const Pending&) = delete;

  Napi::Promise promise() const { return deferred_.Promise(); }
  bool open() const { return open_; }

  void Resolve(const Napi::Value& value) {
    Finish();
    deferred_.Resolve(value);
  }
  void Reject(const Napi::Value& error) {
    Finish();
    deferred_.Reject(error);
  }
  void GiveUp() {
    if (open_) Finish();
  }

 private:
  void Finish() {
    open_ = false;
    if (process_ == Process::kIsHeld) environment_->Release();
  }

  Napi::Promise::Deferred deferred_;
  std::shared_ptr<Environment> environment_;
  Process process_;
  bool open_ = true;
};

// Asks the engine and answers with binding.ts's NativeRequest. `start` gets the reply to call; `convert` makes the
// answer's value on JavaScript's thread; `release` is given an answer that nobody wants any more, on any thread.
template <typename T>
Napi::Value AskEngine(Napi::Env env, const std::function<std::shared_ptr<Request>(Reply<T>)>& start,
                      std::function<Napi::Value(Napi::Env, T&)> convert, std::function<void(T&)> release) {
  const auto environment = Environment::Of(env);
  const auto pending = std::make_shared<Pending>(env, environment, Process::kIsHeld);
  const auto inbox = environment->inbox();
  Reply<T> reply = [pending, inbox, convert = std::move(convert), release = std::move(release)](Outcome<T> outcome) {
    const auto carried = std::make_shared<Outcome<T>>(std::move(outcome));
    inbox->Post([pending, carried, convert, release](Napi::Env js) {
      if (js == nullptr || !pending->open()) {
        if (T* answer = std::get_if<T>(carried.get())) release(*answer);
      } else if (T* answer = std::get_if<T>(carried.get())) {
        pending->Resolve(convert(js, *answer));
      } else {
        pending->Reject(ToJs(js, std::get<Failure>(*carried)));
      }
    });
  };
  const std::shared_ptr<Request> request = start(std::move(reply));

  Napi::Object object = Napi::Object::New(env);
  object.Set("promise", pending->promise());
  object.Set("abandon", Napi::Function::New(env, [pending, request](const Napi::CallbackInfo&) {
               pending->GiveUp();
               request->Abandon();
             }));
  return object;
}

// A promise for something that cannot fail. `start` gets the callback, which may be called on any thread, once.
template <typename T>
Napi::Promise PromiseFromEngine(Napi::Env env, const std::function<void(std::function<void(T)>)>& start,
                                std::function<Napi::Value(Napi::Env, const T&)> convert,
                                Process process = Process::kIsHeld) {
  const auto environment = Environment::Of(env);
  const auto pending = std::make_shared<Pending>(env, environment, process);
  const auto inbox = environment->inbox();
  start([pending, inbox, convert = std::move(convert)](T answer) {
    inbox->Post([pending, answer, convert](Napi::Env js) {
      if (js != nullptr) pending->Resolve(convert(js, answer));
    });
  });
  return pending->promise();
}

}  // namespace mapisync
