// Brings work from any thread to JavaScript's thread. The only class that names Node's thread-safe function.
#pragma once

#include <napi.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <shared_mutex>
#include <vector>

namespace mapisync {

class Environment;

// The engine shares it, and may keep it for longer than the Node environment lives. Therefore an inbox and its messages
// own nothing that belongs to a Node environment.
class Inbox {
 public:
  // What JavaScript's thread is to do. It captures ids and plain data only, for a message that comes too late is
  // destroyed on whichever thread posted it.
  using Message = std::function<void(Environment& environment)>;

  // JavaScript's thread. The environment closes its inbox before it goes.
  explicit Inbox(Napi::Env env);
  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;

  // Any thread, at any time. A closed inbox drops the message.
  void Post(Message message);

  // JavaScript's thread. Does the inbox keep the event loop running while it is empty?
  void KeepProcessAlive(bool keep) noexcept;

  // JavaScript's thread, in the environment's cleanup hook. Waits only for wake-ups that are under way.
  void Close();

 private:
  void Wake() noexcept;
  void Deliver(Environment& environment);
  static void OnWake(napi_env env, napi_value callback, void* inbox, void* data) noexcept;

  const napi_env env_;
  napi_threadsafe_function function_ = nullptr;

  // A wake-up that JavaScript's thread has not answered yet also serves the messages that follow it.
  std::atomic<bool> woken_{false};
  // A wake-up holds it shared, for the call alone; Close holds it exclusively: on several Node lines a call during the
  // environment's teardown is a use after free (https://github.com/nodejs/node/issues/55706).
  std::shared_mutex wake_mutex_;
  bool can_wake_ = true;

  std::mutex mutex_;
  bool open_ = true;
  std::vector<Message> messages_;
};

}  // namespace mapisync
