// binding.ts's NativeRun: one synchronisation, read in batches.
#pragma once

#include <napi.h>

#include <cstdint>
#include <memory>

#include "addon/session_object.h"
#include "engine/run.h"
#include "engine/store.h"
#include "events/event_channel.h"

namespace mapisync {

class RunObject : public Napi::ObjectWrap<RunObject> {
 public:
  static Napi::Function DefineClass(Napi::Env env);
  static Napi::Value Begin(Napi::Env env, Store& store, const std::shared_ptr<OwnedSession>& session,
                           const SyncRequest& request, const Napi::Function& on_ready);

  explicit RunObject(const Napi::CallbackInfo& info);
  ~RunObject() override = default;

  // The channel has something to take.
  void OnReady() const { on_ready_.Call({}); }
  // JavaScript goes, and takes nothing any more.
  void CloseForReader() { run_->CloseForReader(); }

 private:
  Napi::Value Take(const Napi::CallbackInfo& info);
  Napi::Value Ended(const Napi::CallbackInfo& info);
  Napi::Value Returned(const Napi::CallbackInfo& info);
  Napi::Value Done(const Napi::CallbackInfo& info);
  Napi::Value LetGo(const Napi::CallbackInfo& info);
  Napi::Value Updates(const Napi::CallbackInfo& info);
  Napi::Value ProblemCount(const Napi::CallbackInfo& info);
  Napi::Value Overtaken(const Napi::CallbackInfo& info);
  Napi::Value BytesInUse(const Napi::CallbackInfo& info);
  void Cancel(const Napi::CallbackInfo& info);
  void RefProcess(const Napi::CallbackInfo& info);
  void UnrefProcess(const Napi::CallbackInfo& info);

  void KeepProcess(bool keep);
  void OnEndTaken();

  std::shared_ptr<OwnedSession> session_;
  std::shared_ptr<Run> run_;
  std::uint64_t id_ = 0;  // in the environment's table
  Napi::FunctionReference on_ready_;
  EventBatch batch_;
  bool keeps_process_ = false;
  bool end_taken_ = false;
};

}  // namespace mapisync
