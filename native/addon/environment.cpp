#include "addon/environment.h"

#include "engine/engine.h"

namespace mapisync {

namespace {

// How long the end of the process may be held up.
constexpr std::uint32_t kLeaveLimitMs = 3000;

struct InstanceData {
  std::shared_ptr<Environment> environment;
};

template <typename T>
void AddLive(std::vector<std::weak_ptr<T>>* list, const std::shared_ptr<T>& item) {
  std::erase_if(*list, [](const std::weak_ptr<T>& known) { return known.expired(); });
  list->push_back(item);
}

}  // namespace

std::shared_ptr<Environment> Environment::Enter(Napi::Env env) {
  auto environment = std::make_shared<Environment>(env);
  env.SetInstanceData(new InstanceData{environment});
  // After the thread-safe function was made, for hooks run last in, first out: ours comes before Node's own
  // closing of that function.
  env.AddCleanupHook([environment] { environment->Leave(); });
  return environment;
}

std::shared_ptr<Environment> Environment::Of(Napi::Env env) { return env.GetInstanceData<InstanceData>()->environment; }

Environment::Environment(Napi::Env env) : inbox_(std::make_shared<Inbox>(env)) {}

void Environment::Hold() {
  if (holds_++ == 0) inbox_->KeepProcessAlive(true);
}

void Environment::Release() {
  if (--holds_ == 0) inbox_->KeepProcessAlive(false);
}

void Environment::Add(const std::shared_ptr<Session>& session) { AddLive(&sessions_, session); }

void Environment::Add(const std::shared_ptr<Run>& run) { AddLive(&runs_, run); }

void Environment::Leave() {
  if (left_) return;
  left_ = true;
  for (const auto& known : runs_) {
    if (const auto run = known.lock()) run->CloseForReader();
  }
  inbox_->Close();
  if (ends_process_) {
    TheEngine().LeaveAll(kLeaveLimitMs);
    return;
  }
  for (const auto& known : sessions_) {
    if (const auto session = known.lock()) session->Leave();
  }
}

}  // namespace mapisync
