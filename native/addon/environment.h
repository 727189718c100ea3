// All that belongs to one Node environment (the main thread, a worker, an Electron window). Node's instance data alone
// owns it, and destroys it on the environment's own thread. The engine knows only the inbox, and ids.
#pragma once

#include <napi.h>

#include <cstdint>
#include <memory>
#include <thread>
#include <unordered_map>
#include <vector>

#include "addon/inbox.h"
#include "engine/session.h"

namespace mapisync {

class PendingPromise;
class RunObject;

// A member of what uses Node-API in its destructor. On another thread than JavaScript's that would damage V8's heap,
// now and then and without a trace: this ends the process with a message instead.
class DestroyedOnJavaScriptThread {
 public:
  DestroyedOnJavaScriptThread() = default;
  ~DestroyedOnJavaScriptThread();
  DestroyedOnJavaScriptThread(const DestroyedOnJavaScriptThread&) = delete;
  DestroyedOnJavaScriptThread& operator=(const DestroyedOnJavaScriptThread&) = delete;

 private:
  const std::thread::id thread_ = std::this_thread::get_id();
};

// JavaScript's thread, all of it.
class Environment {
 public:
  // Makes the environment's data; they leave the engine when the environment goes.
  static Environment& Enter(Napi::Env env);
  static Environment& Of(Napi::Env env) { return *env.GetInstanceData<Environment>(); }

  explicit Environment(Napi::Env env);
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  Napi::Env env() const { return env_; }
  const std::shared_ptr<Inbox>& inbox() const { return inbox_; }

  // Counted: the process is kept alive until LetProcessEnd has been called as often as KeepProcessAlive.
  void KeepProcessAlive();
  void LetProcessEnd();

  // The promise waits here for its answer, under the id.
  std::uint64_t Add(std::unique_ptr<PendingPromise> pending);
  // Takes the promise out of the table. Null if it has been taken before.
  std::unique_ptr<PendingPromise> Take(std::uint64_t id);

  // A run is in the table until its end has been taken.
  std::uint64_t NewRunId() { return ++last_id_; }
  void Add(std::uint64_t id, RunObject* run) { runs_.emplace(id, run); }
  void RemoveRun(std::uint64_t id) { runs_.erase(id); }
  // Null if the run is not in the table any more.
  RunObject* FindRun(std::uint64_t id) const;

  // The environment leaves the session when it goes.
  void Add(const std::shared_ptr<Session>& session);

  // Does the process end with this environment?
  void set_ends_process(bool ends_process) { ends_process_ = ends_process; }

  Napi::FunctionReference session_class;
  Napi::FunctionReference store_class;
  Napi::FunctionReference run_class;

 private:
  // The environment goes: from here on no message is delivered.
  void Leave();

  const Napi::Env env_;
  const std::shared_ptr<Inbox> inbox_;
  unsigned process_keepers_ = 0;
  std::uint64_t last_id_ = 0;
  std::unordered_map<std::uint64_t, std::unique_ptr<PendingPromise>> pending_promises_;
  std::unordered_map<std::uint64_t, RunObject*> runs_;
  std::vector<std::weak_ptr<Session>> sessions_;
  bool ends_process_ = false;
  const DestroyedOnJavaScriptThread thread_check_;
};

}  // namespace mapisync
