#include "addon/inbox.h"

#include <utility>

#include "addon/environment.h"

namespace mapisync {

Inbox::Inbox(Napi::Env env) : env_(env) {
  const Napi::String name = Napi::String::New(env, "mapisync");
  const napi_status status =
      napi_create_threadsafe_function(env, nullptr, nullptr, name, 0, 1, nullptr, nullptr, this, OnWake, &function_);
  if (status != napi_ok) throw Napi::Error::New(env);
  KeepProcessAlive(false);
}

void Inbox::Post(Message message) {
  {
    const std::lock_guard lock(mutex_);
    if (!open_) return;
    messages_.push_back(std::move(message));
  }
  Wake();
}

void Inbox::Wake() noexcept {
  if (woken_.exchange(true, std::memory_order_acq_rel)) return;
  const std::shared_lock lock(wake_mutex_);
  // The call fails only when the function is closing. Then nobody is left to be woken.
  if (can_wake_) static_cast<void>(napi_call_threadsafe_function(function_, nullptr, napi_tsfn_nonblocking));
}

void Inbox::KeepProcessAlive(bool keep) noexcept {
  if (!can_wake_) return;
  static_cast<void>(keep ? napi_ref_threadsafe_function(env_, function_)
                         : napi_unref_threadsafe_function(env_, function_));
}

void Inbox::Close() {
  {
    const std::unique_lock lock(wake_mutex_);
    if (!can_wake_) return;
    can_wake_ = false;
    static_cast<void>(napi_release_threadsafe_function(function_, napi_tsfn_abort));
  }
  // Destroyed under no lock: a message may bring a session, whose destructor calls into the engine.
  std::vector<Message> dropped;
  {
    const std::lock_guard lock(mutex_);
    open_ = false;
    dropped.swap(messages_);
  }
}

void Inbox::OnWake(napi_env env, napi_value /*callback*/, void* inbox, void* /*data*/) noexcept {
  // After an abort Node still calls for what was queued, without an environment, and the inbox may be gone.
  if (env == nullptr) return;
  auto* self = static_cast<Inbox*>(inbox);
  // Before the messages are taken: a thread that posts one from here on wakes us again.
  self->woken_.store(false, std::memory_order_release);
  const Napi::HandleScope scope(env);
  self->Deliver(Environment::Of(env));
}

void Inbox::Deliver(Environment& environment) {
  std::vector<Message> messages;
  {
    const std::lock_guard lock(mutex_);
    messages.swap(messages_);
  }
  for (const Message& message : messages) {
    try {
      message(environment);
    } catch (const Napi::Error& error) {
      // JavaScript threw. That is an uncaught exception, as in any callback; the messages behind this one go on.
      static_cast<void>(napi_fatal_exception(env_, error.Value()));
    }
  }
}

}  // namespace mapisync
