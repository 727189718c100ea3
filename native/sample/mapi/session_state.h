#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "sample/mapi/stop_signal.h"
#include "sample/profile/profile.h"

namespace mapisync::sample {

// What a session's objects have in common. It lives as long as the last of them: a store keeps it alive beyond its
// session. Any thread.
class SessionState {
 public:
  struct Origin {
    Profile profile;
    bool has_mail = false;  // logged on without MAPI_NO_MAIL: there is a spooler
  };
  explicit SessionState(Origin origin);

  const Profile& profile() const { return profile_; }
  bool has_mail() const { return has_mail_; }
  const ProfileOptions& options() const { return options_; }
  // What is wrong with options.txt, in one line; empty where nothing is.
  const std::wstring& options_problem() const { return options_problem_; }

  // The number of the next store table, for the option `alias-entry-ids`.
  std::uint16_t NextAlias() { return next_alias_.fetch_add(1, std::memory_order_relaxed); }
  // Is this one of the calls of SynchronizeInBackground that the option `busy` turns away?
  bool TurnsAwayCall();

  // A synchronisation that is under way. Who does one holds this for as long as it may still call its client.
  class RunToken {
   public:
    RunToken(RunToken&& other) noexcept = default;
    RunToken& operator=(RunToken&&) = delete;
    ~RunToken();

   private:
    friend class SessionState;
    RunToken() = default;
    std::shared_ptr<SessionState> state_;
    std::list<std::shared_ptr<StopSignal>>::iterator place_;
  };

  // Nothing, where the session has been logged off.
  static std::optional<RunToken> BeginRun(std::shared_ptr<SessionState> state, std::shared_ptr<StopSignal> stop);

  // Logs off: asks all runs to stop, allows no more, and waits until they are over, but no longer than `wait_ms`.
  void LogOff(std::uint32_t wait_ms);
  bool is_logged_off() const;

  // The mailbox stores that are open, for the spooler to flush.
  void StoreOpened(const std::wstring& folder);
  void StoreClosed(const std::wstring& folder);
  std::list<std::wstring> OpenStores() const;

 private:
  const Profile profile_;
  const bool has_mail_;
  std::wstring options_problem_;  // in front of options_: reading those fills it
  const ProfileOptions options_;
  std::atomic<std::uint16_t> next_alias_{1};
  std::atomic<std::uint32_t> busy_answers_left_;

  mutable std::mutex mutex_;
  std::condition_variable run_ended_;
  bool is_logged_off_ = false;
  std::list<std::shared_ptr<StopSignal>> runs_;
  std::list<std::wstring> open_stores_;
};

}  // namespace mapisync::sample
