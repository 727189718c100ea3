// Promises that wait for an answer of the engine. They stay with the Node environment, in its table of pending
// promises; the engine gets an id and the inbox only.
#pragma once

#include <napi.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <variant>

#include "addon/environment.h"
#include "engine/failure.h"
#include "engine/request.h"

namespace mapisync {

// Does the promise keep the process alive until it is settled?
enum class Liveness : bool { kProcessMayEnd, kProcessIsKept };

// JavaScript's thread, all of it.
class PendingPromise {
 public:
  PendingPromise(Environment& environment, Liveness liveness);
  // Settled, given up, or gone with the environment: it does not keep the process alive any more.
  virtual ~PendingPromise();
  PendingPromise(const PendingPromise&) = delete;
  PendingPromise& operator=(const PendingPromise&) = delete;

  Napi::Promise promise() const { return deferred_.Promise(); }
  void Resolve(Napi::Value value) const { deferred_.Resolve(value); }
  void Reject(const Failure& failure) const;

 private:
  Environment& environment_;
  const Napi::Promise::Deferred deferred_;
  const Liveness liveness_;
  const DestroyedOnJavaScriptThread thread_check_;
};

// A pending promise of an answer T, which `convert` makes JavaScript's.
template <typename T>
class PendingPromiseOf final : public PendingPromise {
 public:
  using Convert = std::function<Napi::Value(Napi::Env, const T&)>;

  PendingPromiseOf(Environment& environment, Liveness liveness, Convert convert)
      : PendingPromise(environment, liveness), convert_(std::move(convert)) {}

  Napi::Value ToJs(Napi::Env env, const T& answer) const { return convert_(env, answer); }

 private:
  const Convert convert_;
};

// Settles the pending promise, unless it has been given up. An answer that nobody wants any more is destroyed, which
// releases what it brings.
template <typename T>
void Settle(Environment& environment, std::uint64_t id, const Outcome<T>& outcome) {
  const std::unique_ptr<PendingPromise> pending = environment.Take(id);
  if (!pending) return;
  if (const auto* failure = std::get_if<Failure>(&outcome)) return pending->Reject(*failure);
  pending->Resolve(static_cast<PendingPromiseOf<T>&>(*pending).ToJs(environment.env(), std::get<T>(outcome)));
}

// What a method returns whose answer cannot fail and cannot be given up. `ask` starts the engine's work with the
// callback that it is given.
template <typename T, typename Convert, typename Ask>
Napi::Promise PromiseOf(Napi::Env env, Convert convert, Ask ask, Liveness liveness = Liveness::kProcessIsKept) {
  Environment& environment = Environment::Of(env);
  auto pending = std::make_unique<PendingPromiseOf<T>>(environment, liveness, convert);
  const Napi::Promise promise = pending->promise();
  ask([inbox = environment.inbox(), id = environment.Add(std::move(pending))](T answer) {
    inbox->Post([id, outcome = Outcome<T>(std::move(answer))](Environment& its_environment) {
      Settle(its_environment, id, outcome);
    });
  });
  return promise;
}

// What a method returns whose answer may fail and may be given up: binding.ts's NativeRequest. `ask` starts the
// engine's work with the reply that it is given, and returns the engine's request.
template <typename T, typename Convert, typename Ask>
Napi::Object RequestOf(Napi::Env env, Convert convert, Ask ask) {
  Environment& environment = Environment::Of(env);
  auto pending = std::make_unique<PendingPromiseOf<T>>(environment, Liveness::kProcessIsKept, convert);
  Napi::Object object = Napi::Object::New(env);
  object.Set("promise", pending->promise());
  const std::uint64_t id = environment.Add(std::move(pending));
  const std::shared_ptr<Request> request = ask([inbox = environment.inbox(), id](Outcome<T> answer) {
    inbox->Post(
        [id, outcome = std::move(answer)](Environment& its_environment) { Settle(its_environment, id, outcome); });
  });
  object.Set("abandon", Napi::Function::New(env, [id, request](const Napi::CallbackInfo& info) {
               Environment::Of(info.Env()).Take(id);
               request->Abandon();
             }));
  return object;
}

}  // namespace mapisync
