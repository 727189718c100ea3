// What one Node environment (the main thread, a worker, an Electron window) has of ours: instance data.
#pragma once

#include <napi.h>

#include <memory>
#include <vector>

#include "addon/inbox.h"
#include "engine/session.h"
#include "engine/run.h"

namespace mapisync {

// JavaScript's thread alone, but for the inbox.
class Environment {
 public:
  // Makes it, and has it leave when the environment goes.
  static std::shared_ptr<Environment> Enter(Napi::Env env);
  static std::shared_ptr<Environment> Of(Napi::Env env);

  explicit Environment(Napi::Env env);
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  const std::shared_ptr<Inbox>& inbox() const { return inbox_; }

  // Counted: each Hold is taken back by one Release.
  void Hold();
  void Release();

  // Known until they are closed or ended, so that they can be left in order.
  void Add(const std::shared_ptr<Session>& session);
  void Add(const std::shared_ptr<Run>& run);

  // Does the process end with this environment?
  void set_ends_process(bool ends_process) { ends_process_ = ends_process; }

  Napi::FunctionReference session_class;
  Napi::FunctionReference store_class;
  Napi::FunctionReference run_class;

 private:
  // The environment goes: nothing waits for JavaScript again, and JavaScript is never called again.
  void Leave();

  std::shared_ptr<Inbox> inbox_;
  std::vector<std::weak_ptr<Session>> sessions_;
  std::vector<std::weak_ptr<Run>> runs_;
  unsigned holds_ = 0;
  bool ends_process_ = false;
  bool left_ = false;
};

}  // namespace mapisync
