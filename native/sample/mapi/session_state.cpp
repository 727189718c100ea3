#include "sample/mapi/session_state.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace mapisync::sample {

SessionState::SessionState(Origin origin)
    : profile_(std::move(origin.profile)),
      has_mail_(origin.has_mail),
      options_(ReadProfileOptions(profile_, &options_problem_)),
      busy_answers_left_(options_.busy_answers) {}

bool SessionState::TurnsAwayCall() {
  std::uint32_t left = busy_answers_left_.load();
  while (left > 0 && !busy_answers_left_.compare_exchange_weak(left, left - 1)) {
  }
  return left > 0;
}

SessionState::RunToken::~RunToken() {
  if (state_ == nullptr) return;  // moved from
  {
    const std::lock_guard lock(state_->mutex_);
    state_->runs_.erase(place_);
  }
  state_->run_ended_.notify_all();
}

std::optional<SessionState::RunToken> SessionState::BeginRun(std::shared_ptr<SessionState> state,
                                                             std::shared_ptr<StopSignal> stop) {
  SessionState& self = *state;
  const std::lock_guard lock(self.mutex_);
  if (self.is_logged_off_) return std::nullopt;
  RunToken token;
  token.place_ = self.runs_.insert(self.runs_.end(), std::move(stop));
  token.state_ = std::move(state);
  return token;
}

void SessionState::LogOff(std::uint32_t wait_ms) {
  std::unique_lock lock(mutex_);
  is_logged_off_ = true;
  for (const std::shared_ptr<StopSignal>& run : runs_) run->Set();
  run_ended_.wait_for(lock, std::chrono::milliseconds(wait_ms), [this] { return runs_.empty(); });
}

bool SessionState::is_logged_off() const {
  const std::lock_guard lock(mutex_);
  return is_logged_off_;
}

void SessionState::StoreOpened(const std::wstring& folder) {
  const std::lock_guard lock(mutex_);
  open_stores_.push_back(folder);
}

void SessionState::StoreClosed(const std::wstring& folder) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find(open_stores_.begin(), open_stores_.end(), folder);
  if (found != open_stores_.end()) open_stores_.erase(found);
}

std::list<std::wstring> SessionState::OpenStores() const {
  const std::lock_guard lock(mutex_);
  return open_stores_;
}

}  // namespace mapisync::sample
