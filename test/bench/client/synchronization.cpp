#include "synchronization.h"

#include <exception>
#include <memory>

#include "empty_callback.h"
#include "plain_callback.h"

namespace bench {

Napi::Promise Synchronization::Begin(Napi::Env env, DefaultStore& store, const Napi::Value& listener) {
  auto* self = new Synchronization(env, listener);
  const Napi::Promise promise = self->deferred_.Promise();
  EmptyCallback* callback =
      listener.IsFunction() ? new PlainCallback(self->function_) : new EmptyCallback(self->function_);
  try {
    store.Synchronize(callback, &self->done_event_);
  } catch (const std::exception& failure) {
    throw Napi::Error::New(env, failure.what());
  }
  callback->Release();
  return promise;
}

Synchronization::Synchronization(Napi::Env env, const Napi::Value& listener)
    : deferred_(Napi::Promise::Deferred::New(env)) {
  const napi_value function = listener.IsFunction() ? static_cast<napi_value>(listener) : nullptr;
  const napi_status status =
      napi_create_threadsafe_function(env, function, nullptr, Napi::String::New(env, "mapisync bench"), 0, 1, nullptr,
                                      nullptr, this, CallJs, &function_);
  if (status != napi_ok) throw Napi::Error::New(env);
}

void Synchronization::CallJs(napi_env env, napi_value listener, void* context, void* data) noexcept {
  const std::unique_ptr<Note> note(static_cast<Note*>(data));
  if (env == nullptr) return;
  auto* self = static_cast<Synchronization*>(context);
  if (note->kind == Note::Kind::kDone) {
    self->Finish(env, *note);
  } else {
    self->Deliver(env, Napi::Function(env, listener), *note);
  }
}

void Synchronization::Deliver(Napi::Env env, const Napi::Function& listener, const Note& note) {
  Napi::Object event = Napi::Object::New(env);
  const bool is_progress = note.kind == Note::Kind::kProgress;
  event.Set("type", is_progress ? "progress" : "problem");
  event.Set("message", Napi::String::New(env, note.text));
  event.Set(is_progress ? "index" : "hresult", note.a);
  if (is_progress) event.Set("max", note.b);
  listener.Call({event});
}

void Synchronization::Finish(Napi::Env env, const Note& done) {
  // The provider has called Done and has nothing left to do but to end.
  if (done_event_ != nullptr) {
    WaitForSingleObject(done_event_, 5000);
    CloseHandle(done_event_);
  }
  deferred_.Resolve(Napi::Number::New(env, done.a));
  napi_release_threadsafe_function(function_, napi_tsfn_release);
  delete this;
}

}  // namespace bench
