// Where engine threads leave work for JavaScript's thread.
#pragma once

#include <napi.h>

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "addon/waker.h"

namespace mapisync {

class Inbox {
 public:
  // Called on JavaScript's thread with its environment; or, when that has gone, on any thread with none
  // (`env` is null): then all that may be done is to release what the work carries.
  using Work = std::function<void(Napi::Env env)>;

  // JavaScript's thread.
  explicit Inbox(Napi::Env env);
  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;

  // Any thread.
  void Post(Work work);

  // JavaScript's thread.
  void KeepProcessAlive(bool keep) noexcept { waker_.KeepProcessAlive(keep); }

  // JavaScript's thread, in the environment's cleanup hook.
  void Close();

 private:
  static void Deliver(Napi::Env env, void* inbox);

  Waker waker_;
  std::mutex mutex_;
  bool open_ = true;
  std::vector<Work> work_;
};

}  // namespace mapisync
