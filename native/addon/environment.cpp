#include "addon/environment.h"

#include <utility>

#include "addon/pending_promise.h"
#include "addon/run_object.h"
#include "engine/engine.h"

namespace mapisync {

namespace {

// How long the end of the process may wait for each session.
constexpr std::uint32_t kLeaveLimitMs = 3000;

}  // namespace

DestroyedOnJavaScriptThread::~DestroyedOnJavaScriptThread() {
  if (std::this_thread::get_id() == thread_) return;
  napi_fatal_error("mapisync", NAPI_AUTO_LENGTH, "data of a Node environment are destroyed on another thread",
                   NAPI_AUTO_LENGTH);
}

Environment& Environment::Enter(Napi::Env env) {
  auto* const environment = new Environment(env);
  env.SetInstanceData(environment);
  // Cleanup hooks run last in, first out. Ours is added after the inbox's thread-safe function was made, so it closes
  // that function before Node does.
  env.AddCleanupHook([](Environment* self) { self->Leave(); }, environment);
  return *environment;
}

Environment::Environment(Napi::Env env) : env_(env), inbox_(std::make_shared<Inbox>(env)) {}

Environment::~Environment() = default;

void Environment::KeepProcessAlive() {
  if (process_keepers_++ == 0) inbox_->KeepProcessAlive(true);
}

void Environment::LetProcessEnd() {
  if (--process_keepers_ == 0) inbox_->KeepProcessAlive(false);
}

std::uint64_t Environment::Add(std::unique_ptr<PendingPromise> pending) {
  pending_promises_.emplace(++last_id_, std::move(pending));
  return last_id_;
}

std::unique_ptr<PendingPromise> Environment::Take(std::uint64_t id) {
  auto node = pending_promises_.extract(id);
  return node.empty() ? nullptr : std::move(node.mapped());
}

RunObject* Environment::FindRun(std::uint64_t id) const {
  const auto found = runs_.find(id);
  return found == runs_.end() ? nullptr : found->second;
}

void Environment::Add(const std::shared_ptr<Session>& session) {
  std::erase_if(sessions_, [](const std::weak_ptr<Session>& known) { return known.expired(); });
  sessions_.push_back(session);
}

void Environment::Leave() {
  for (const auto& [id, run] : runs_) run->CloseForReader();
  inbox_->Close();
  pending_promises_.clear();
  if (ends_process_) {
    TheEngine().LeaveAll(kLeaveLimitMs);
    return;
  }
  for (const auto& known : sessions_) {
    if (const auto session = known.lock()) session->Leave();
  }
}

}  // namespace mapisync
