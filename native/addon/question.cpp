#include "addon/question.h"

#include "addon/environment.h"
#include "addon/value_conversion.h"

namespace mapisync {

// JavaScript's thread alone, but for the inbox; engine threads only carry it.
struct Question::State {
  State(Napi::Env env, Process its_process)
      : environment(Environment::Of(env)), inbox(environment->inbox()), deferred(env), process(its_process) {
    if (process == Process::kIsHeld) environment->Hold();
  }

  void Finish() {
    if (!open) return;
    open = false;
    if (process == Process::kIsHeld) environment->Release();
  }

  const std::shared_ptr<Environment> environment;
  const std::shared_ptr<Inbox> inbox;
  const Napi::Promise::Deferred deferred;
  const Process process;
  bool open = true;
};

Question::Question(Napi::Env env, Process process) : state_(std::make_shared<State>(env, process)) {}

Napi::Promise Question::promise() const { return state_->deferred.Promise(); }

Napi::Object Question::ToJs(const std::shared_ptr<Request>& request) const {
  const Napi::Promise promise = state_->deferred.Promise();
  Napi::Object object = Napi::Object::New(promise.Env());
  object.Set("promise", promise);
  object.Set("abandon", Napi::Function::New(promise.Env(), [state = state_, request](const Napi::CallbackInfo&) {
               state->Finish();
               request->Abandon();
             }));
  return object;
}

void Question::Answer(const std::shared_ptr<State>& state, std::function<Napi::Value(Napi::Env)> value,
                      std::function<void()> release) {
  state->inbox->Post([state, value = std::move(value), release = std::move(release)](Napi::Env env) {
    if (env == nullptr || !state->open) {
      release();
      return;
    }
    state->Finish();
    state->deferred.Resolve(value(env));
  });
}

void Question::Fail(const std::shared_ptr<State>& state, Failure failure) {
  state->inbox->Post([state, failure = std::move(failure)](Napi::Env env) {
    if (env == nullptr || !state->open) return;
    state->Finish();
    state->deferred.Reject(mapisync::ToJs(env, failure));
  });
}

}  // namespace mapisync
