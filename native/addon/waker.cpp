#include "addon/waker.h"

#include <mutex>

namespace mapisync {

Waker::Waker(Napi::Env env, OnWake on_wake, void* context) : on_wake_(on_wake), context_(context), env_(env) {
  const Napi::String name = Napi::String::New(env, "mapisync");
  const napi_status status =
      napi_create_threadsafe_function(env, nullptr, nullptr, name, 0, 1, nullptr, nullptr, this, CallJs, &function_);
  if (status != napi_ok) throw Napi::Error::New(env);
  KeepProcessAlive(false);
}

void Waker::Wake() noexcept {
  if (called_.exchange(true, std::memory_order_acq_rel)) return;
  const std::shared_lock lock(gate_);
  // A failure means that the function is closing: nobody is left to be woken.
  if (open_) static_cast<void>(napi_call_threadsafe_function(function_, nullptr, napi_tsfn_nonblocking));
}

void Waker::KeepProcessAlive(bool keep) noexcept {
  if (!open_) return;
  static_cast<void>(keep ? napi_ref_threadsafe_function(env_, function_)
                         : napi_unref_threadsafe_function(env_, function_));
}

void Waker::Close() noexcept {
  const std::unique_lock lock(gate_);
  if (!open_) return;
  open_ = false;
  static_cast<void>(napi_release_threadsafe_function(function_, napi_tsfn_abort));
}

void Waker::CallJs(napi_env env, napi_value /*callback*/, void* context, void* /*data*/) noexcept {
  // After an abort Node still calls for what was queued, without an environment, and the context may be gone.
  if (env == nullptr) return;
  auto* waker = static_cast<Waker*>(context);
  // Before the work is looked at: whoever leaves some from here on wakes us again.
  waker->called_.store(false, std::memory_order_release);
  waker->on_wake_(Napi::Env(env), waker->context_);
}

}  // namespace mapisync
