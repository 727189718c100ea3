// The one owner of the thread-safe function: how any thread gets JavaScript's attention.
#pragma once

#include <napi.h>

#include <atomic>
#include <shared_mutex>

namespace mapisync {

class Waker {
 public:
  using OnWake = void (*)(Napi::Env env, void* context);

  // JavaScript's thread. `on_wake` is called there, once for however many calls of Wake came before it.
  // The context must live until the environment is gone.
  Waker(Napi::Env env, OnWake on_wake, void* context);
  ~Waker() = default;
  Waker(const Waker&) = delete;
  Waker& operator=(const Waker&) = delete;

  // Any thread, at any time; does nothing after Close.
  void Wake() noexcept;

  // JavaScript's thread. Does an idle waker keep the event loop running?
  void KeepProcessAlive(bool keep) noexcept;

  // JavaScript's thread, in the environment's cleanup hook. Waits only for calls of Wake that are under way.
  void Close() noexcept;

 private:
  static void CallJs(napi_env env, napi_value callback, void* context, void* data) noexcept;

  OnWake on_wake_;
  void* context_;
  napi_env env_;
  std::atomic<bool> called_{false};
  // Held shared for the call alone and exclusively for the end: on several Node lines a call during the
  // environment's teardown is a use after free (nodejs/node#55706).
  std::shared_mutex gate_;
  bool open_ = true;
  napi_threadsafe_function function_ = nullptr;
};

}  // namespace mapisync
