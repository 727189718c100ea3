// What stands behind a Session: its thread, its MAPI pointers, and everything that keeps it from logging off.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/library/library.h"
#include "engine/request.h"
#include "engine/session/session_thread.h"
#include "engine/session/store_pointers.h"
#include "mapi/mapi.h"
#include "windows/alarm.h"
#include "windows/com_ptr.h"
#include "windows/event_handle.h"

namespace mapisync {

class ProgressCallback;
class SyncRunJob;

// Kept alive by its thread, by stores and by runs. A session that is abandoned keeps its thread, which pumps messages
// for as long as the process lives: a provider may still wait for that.
class SessionCore : public std::enable_shared_from_this<SessionCore> {
 public:
  using LogOnReply = PendingReply<std::shared_ptr<Session>>;

  // Any thread. Logs on, on a thread of its own.
  static void Start(const LogOnOptions& options, const std::shared_ptr<LogOnReply>& reply);

  explicit SessionCore(const LogOnOptions& options) : options_(options) {}
  SessionCore(const SessionCore&) = delete;
  SessionCore& operator=(const SessionCore&) = delete;

  // Any thread, once logged on; all of these are as in Session.
  const SessionInfo& info() const { return info_; }
  std::shared_ptr<Request> ListStores(Reply<std::vector<StoreRow>> reply);
  std::shared_ptr<Request> OpenStore(std::vector<std::uint8_t> entry_id, Reply<std::shared_ptr<Store>> reply);
  void Close(std::uint32_t grace_ms, const std::function<void(CloseReport)>& closed);
  // Leaves the session to itself. With a limit, the process ends, and the log-off or the fast shutdown is waited for.
  void LeaveBehind(std::uint32_t limit_ms);
  // Any thread. Nobody has the session any more: it takes no requests, and logs off when no run is alive.
  void LogOffWhenIdle();

  // Any thread. For stores and runs, which are alive while they ask.
  const std::shared_ptr<const Library>& library() const { return library_; }
  mapi::IMAPISession* mapi_session() const { return session_.get(); }
  bool is_service() const { return options_.service; }
  DWORD thread_id() const { return thread_.id(); }
  bool Post(SessionThread::Task task) { return thread_.Post(std::move(task)); }

  // Any thread. A run keeps the session logged on until it has let go. False, if the session takes none any more.
  bool Enlist(const std::shared_ptr<SyncRunJob>& run);
  void RunLetGo(const SyncRunJob& run);

  // Any thread. Has the store's pointers released; `released` is called afterwards, on any thread.
  void ReleaseStore(const std::shared_ptr<StorePointers>& pointers, const std::function<void()>& released);

  // The session thread. A provider that does not count its references may call this object though it holds none: it is
  // kept until the session has logged off, or many more have come.
  void KeepStray(ProgressCallback* callback);

 private:
  static constexpr std::size_t kMaxStrays = 256;

  template <typename T>
  std::shared_ptr<Request> Ask(const char* operation, Reply<T> reply, std::function<Outcome<T>()> work);

  // The session thread.
  void Live(const std::shared_ptr<LogOnReply>& reply);
  std::optional<Failure> LogOn();
  std::optional<std::u16string> ReadProfile();
  Outcome<std::vector<StoreRow>> ReadStores();
  Outcome<std::shared_ptr<Store>> OpenStoreNow(const std::vector<std::uint8_t>& entry_id);
  Outcome<StoreRow> FindRow(const std::vector<std::uint8_t>& entry_id, mapi::IMsgStore* store);
  void LogOff();
  void ShutDownFast();

  // Any thread, under no lock.
  enum class Requests { kFail, kAbandon };
  void Shut(Requests requests);
  void LogOffIfIdle();
  void OnGraceOver();
  void OnLogOffLimit();
  void OnThreadEnds();
  void Report(std::uint32_t abandoned);

  const LogOnOptions options_;
  SessionThread thread_;
  // Set before the log-on is answered, and not changed from then on.
  std::shared_ptr<const Library> library_;
  SessionInfo info_;

  // The session thread's alone, but that runs may use the session while they are alive.
  ComPtr<mapi::IMAPISession> session_;
  std::vector<std::shared_ptr<StorePointers>> stores_;  // in the order in which they were opened
  std::vector<StoreRow> known_rows_;                    // of the last look into the store table
  std::deque<ProgressCallback*> strays_;

  const EventHandle thread_ended_{EventHandle::Reset::kManual};

  std::mutex mutex_;
  struct Asked {
    const char* operation;
    std::shared_ptr<Request> request;
  };
  std::vector<Asked> requests_;
  // The runs that have not let go.
  std::vector<std::shared_ptr<SyncRunJob>> alive_;
  bool shut_ = false;               // takes no requests and no runs
  bool log_off_when_idle_ = false;  // as soon as no run is alive
  bool logging_off_ = false;        // its thread is to end, or has ended
  bool abandoned_ = false;          // stays as it is, for good
  bool closing_ = false;            // Close has been called
  bool left_behind_ = false;        // nobody waits for it; a late let-go still logs it off
  std::optional<CloseReport> report_;
  std::vector<std::function<void(CloseReport)>> waiting_for_close_;
  std::unique_ptr<Alarm> grace_;
  std::unique_ptr<Alarm> log_off_limit_;
};

}  // namespace mapisync
