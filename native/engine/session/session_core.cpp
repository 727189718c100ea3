#include "engine/session/session_core.h"

#include <algorithm>
#include <utility>

#include "engine/hresult.h"
#include "engine/imapisync/progress_callback.h"
#include "engine/imapisync/sync_interface.h"
#include "engine/imapisync/sync_run_job.h"
#include "engine/session/extended_error.h"
#include "engine/session/keeper.h"
#include "engine/session/log_on_flags.h"
#include "engine/session/mapi_buffer.h"
#include "engine/session/mapi_initialized.h"
#include "engine/session/mapi_session.h"
#include "engine/session/mapi_store.h"
#include "engine/session/row_reader.h"
#include "engine/session/session_register.h"
#include "engine/session/store_core.h"
#include "engine/session/table_rows.h"
#include "windows/com_apartment.h"
#include "windows/named_thread.h"
#include "windows/wide.h"

namespace mapisync {

namespace {

Failure Closed(const char* operation) {
  return {operation, Unsigned(mapi::MAPI_E_INVALID_OBJECT), u"the session has been closed", "MAPI_CLOSED"};
}

Failure NotInitialized(const Library& library, HRESULT result) {
  return {"MAPIInitialize", Unsigned(result), JoinReasons(library.passed_over), {}};
}

// Success without an object is none.
Failure NothingCame(const char* operation) {
  return {operation, kCallFailed, u"the call succeeded, but brought nothing", {}};
}

bool IsCharacterWidthAnswer(HRESULT result) {
  return result == mapi::MAPI_E_BAD_CHARWIDTH || result == mapi::MAPI_E_UNKNOWN_FLAGS;
}

}  // namespace

void SessionCore::Start(const LogOnOptions& options, const std::shared_ptr<LogOnReply>& reply) {
  const auto core = std::make_shared<SessionCore>(options);
  const bool started = StartThread(L"mapisync session", [core, reply] {
    core->Live(reply);
    core->OnThreadEnds();
  });
  if (!started) reply->Fail({"MAPILogonEx", Unsigned(mapi::MAPI_E_NOT_ENOUGH_RESOURCES), {}, {}});
}

// The scopes are the order in which everything is taken back.
void SessionCore::Live(const std::shared_ptr<LogOnReply>& reply) {
  thread_.Enter();
  const ComApartment apartment;
  auto found = FindLibrary({options_.mapi_path, options_.ui});
  if (auto* failure = std::get_if<Failure>(&found)) return reply->Fail(std::move(*failure));
  library_ = std::get<std::shared_ptr<const Library>>(std::move(found));

  const HRESULT kept = KeepInitialized(*library_, options_.service);
  if (FAILED(kept)) return reply->Fail(NotInitialized(*library_, kept));
  {
    const MapiInitialized mapi(*library_, options_.service);
    if (FAILED(mapi.result())) return reply->Fail(NotInitialized(*library_, mapi.result()));
    if (!reply->wanted()) return;
    if (auto failure = LogOn()) return reply->Fail(std::move(*failure));
    RegisterSession(shared_from_this());
    reply->Deliver(std::make_shared<MapiSession>(shared_from_this()));
    thread_.Pump();
    LogOff();
  }
}

std::optional<Failure> SessionCore::LogOn() {
  std::u16string profile = options_.join ? u"" : options_.profile.value_or(u"");
  const HRESULT result = library_->log_on(0, profile.empty() ? nullptr : AsWide(profile), nullptr, LogOnFlags(options_),
                                          session_.Receive());
  // There is no object yet that could say more.
  if (FAILED(result)) return Failure{"MAPILogonEx", Unsigned(result), {}, {}};
  if (!session_) return NothingCame("MAPILogonEx");
  info_.profile = ReadProfile();
  info_.mapi_path = library_->path;
  info_.mapi_version = library_->version;
  info_.bits = static_cast<int>(sizeof(void*) * 8);
  info_.found_by = library_->found_by;
  return std::nullopt;
}

// A session that does not say its profile's name is no worse for that.
std::optional<std::u16string> SessionCore::ReadProfile() {
  ComPtr<mapi::IMAPITable> table;
  HRESULT result = session_->GetStatusTable(mapi::MAPI_UNICODE, table.Receive());
  if (IsCharacterWidthAnswer(result)) result = session_->GetStatusTable(0, table.Receive());
  if (FAILED(result) || !table) return std::nullopt;
  std::optional<std::u16string> profile;
  static_cast<void>(ReadTable(*library_, table.get(), kStatusColumns, [&profile](auto values) {
    if (!profile) profile = ReadProfileOfSession(values, &FromAnsi);
  }));
  return profile;
}

template <typename T>
std::shared_ptr<Request> SessionCore::Ask(const char* operation, Reply<T> reply, std::function<Outcome<T>()> work) {
  const auto pending = std::make_shared<PendingReply<T>>(std::move(reply));
  bool taken = false;
  {
    const std::lock_guard lock(mutex_);
    if (!shut_) {
      std::erase_if(requests_, [](const Asked& asked) { return !asked.request->wanted(); });
      requests_.push_back({operation, pending});
      taken = true;
    }
  }
  if (taken) {
    taken = thread_.Post([pending, work = std::move(work)] {
      if (pending->wanted()) pending->Deliver(work());
    });
  }
  if (!taken) pending->Fail(Closed(operation));
  return pending;
}

std::shared_ptr<Request> SessionCore::ListStores(Reply<std::vector<StoreRow>> reply) {
  return Ask<std::vector<StoreRow>>("IMAPISession::GetMsgStoresTable", std::move(reply),
                                    [self = shared_from_this()] { return self->ReadStores(); });
}

std::shared_ptr<Request> SessionCore::OpenStore(std::vector<std::uint8_t> entry_id,
                                                Reply<std::shared_ptr<Store>> reply) {
  return Ask<std::shared_ptr<Store>>(
      "IMAPISession::OpenMsgStore", std::move(reply),
      [self = shared_from_this(), entry_id = std::move(entry_id)] { return self->OpenStoreNow(entry_id); });
}

Outcome<std::vector<StoreRow>> SessionCore::ReadStores() {
  constexpr char kOperation[] = "IMAPISession::GetMsgStoresTable";
  ComPtr<mapi::IMAPITable> table;
  HRESULT result = session_->GetMsgStoresTable(mapi::MAPI_UNICODE, table.Receive());
  if (IsCharacterWidthAnswer(result)) result = session_->GetMsgStoresTable(0, table.Receive());
  if (FAILED(result)) return DescribeFailure(*library_, session_.get(), kOperation, result);
  if (!table) return NothingCame(kOperation);
  std::vector<StoreRow> rows;
  auto failure = ReadTable(*library_, table.get(), kStoreColumns, [&rows](auto values) {
    if (auto row = ReadStoreRow(values, &FromAnsi)) rows.push_back(std::move(*row));
  });
  if (failure) return std::move(*failure);
  known_rows_ = rows;
  return rows;
}

Outcome<std::shared_ptr<Store>> SessionCore::OpenStoreNow(const std::vector<std::uint8_t>& entry_id) {
  constexpr char kOperation[] = "IMAPISession::OpenMsgStore";
  const auto pointers = std::make_shared<StorePointers>();
  // The call reads it only; MAPI's signatures know no const.
  std::vector<std::uint8_t> id = entry_id;
  HRESULT result = S_OK;
  for (const std::uint32_t flags : OpenStoreFlags(options_)) {
    result = session_->OpenMsgStore(0, static_cast<ULONG>(id.size()), reinterpret_cast<mapi::ENTRYID*>(id.data()),
                                    nullptr, flags, pointers->store.Receive());
    if (result != mapi::MAPI_E_UNKNOWN_FLAGS && result != mapi::MAPI_E_NO_ACCESS) break;
  }
  if (FAILED(result)) return DescribeFailure(*library_, session_.get(), kOperation, result);
  if (!pointers->store) return NothingCame(kOperation);

  const HRESULT answer = QuerySyncInterface(pointers->store.get(), &pointers->sync);
  if (FAILED(answer)) {
    Failure failure = DescribeFailure(*library_, pointers->store.get(), "IMsgStore::QueryInterface", answer);
    pointers->Release();
    return failure;
  }
  auto row = FindRow(entry_id, pointers->store.get());
  if (auto* failure = std::get_if<Failure>(&row)) {
    pointers->Release();
    return std::move(*failure);
  }
  stores_.push_back(pointers);
  auto core = std::make_shared<StoreCore>(shared_from_this(), std::get<StoreRow>(std::move(row)), pointers);
  return std::make_shared<MapiStore>(std::move(core));
}

// The table's row, or, for a store that is not in the table, what the store says of itself.
Outcome<StoreRow> SessionCore::FindRow(const std::vector<std::uint8_t>& entry_id, mapi::IMsgStore* store) {
  const auto known = [this, &entry_id] {
    return std::find_if(known_rows_.begin(), known_rows_.end(),
                        [&entry_id](const StoreRow& row) { return row.entry_id == entry_id; });
  };
  if (const auto row = known(); row != known_rows_.end()) return *row;
  auto rows = ReadStores();
  if (auto* failure = std::get_if<Failure>(&rows)) return std::move(*failure);
  if (const auto row = known(); row != known_rows_.end()) return *row;

  std::vector<ULONG> tags{static_cast<ULONG>(kStoreColumns.size())};
  tags.insert(tags.end(), kStoreColumns.begin(), kStoreColumns.end());
  MapiBuffer<mapi::SPropValue> values(*library_);
  ULONG count = 0;
  const HRESULT result =
      store->GetProps(reinterpret_cast<mapi::SPropTagArray*>(tags.data()), 0, &count, values.Receive());
  if (FAILED(result)) return DescribeFailure(*library_, store, "IMAPIProp::GetProps", result);
  auto row = ReadStoreRow({values.get(), values ? count : 0}, &FromAnsi).value_or(StoreRow{});
  row.entry_id = entry_id;
  return row;
}

void SessionCore::LogOff() {
  if (CallsAreForbidden(*library_)) {
    // The process ends. Nothing that would call MAPI may run, the destructors of the scopes around included.
    thread_ended_.Set();
    Sleep(INFINITE);
  }
  while (!stores_.empty()) {
    stores_.back()->Release();
    stores_.pop_back();
  }
  // Nobody is left who could do anything about a failure.
  static_cast<void>(session_->Logoff(0, 0, 0));
  session_.Reset();
  for (ProgressCallback* stray : strays_) stray->LetGo();
  strays_.clear();
}

void SessionCore::ShutDownFast() {
  ComPtr<mapi::IMAPIClientShutdown> shutdown;
  const HRESULT result =
      session_->QueryInterface(mapi::IID_IMAPIClientShutdown, reinterpret_cast<void**>(shutdown.Receive()));
  if (FAILED(result) || !shutdown || FAILED(shutdown->QueryFastShutdown())) return;
  // What these two answer changes nothing: the process ends.
  static_cast<void>(shutdown->NotifyProcessShutdown());
  static_cast<void>(shutdown->DoFastShutdown());
  ForbidCalls(*library_);
  static_cast<void>(shutdown.Detach());
  thread_ended_.Set();
  Sleep(INFINITE);
}

bool SessionCore::Enlist(const std::shared_ptr<SyncRunJob>& run) {
  const std::lock_guard lock(mutex_);
  if (shut_) return false;
  alive_.push_back(run);
  return true;
}

void SessionCore::RunLetGo(const SyncRunJob& run) {
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(alive_, [&run](const auto& known) { return known.get() == &run; });
  }
  LogOffIfIdle();
}

void SessionCore::ReleaseStore(const std::shared_ptr<StorePointers>& pointers, const std::function<void()>& released) {
  const bool posted = thread_.Post([self = shared_from_this(), pointers, released] {
    pointers->Release();
    std::erase(self->stores_, pointers);
    released();
  });
  // The session has logged off, and released its stores before.
  if (!posted) released();
}

void SessionCore::KeepStray(ProgressCallback* callback) {
  strays_.push_back(callback);
  if (strays_.size() <= kMaxStrays) return;
  strays_.front()->LetGo();
  strays_.pop_front();
}

void SessionCore::Shut(Requests requests) {
  std::vector<Asked> asked;
  std::vector<std::shared_ptr<SyncRunJob>> alive;
  {
    const std::lock_guard lock(mutex_);
    shut_ = true;
    log_off_when_idle_ = true;
    asked.swap(requests_);
    alive = alive_;
  }
  for (const Asked& open : asked) {
    if (requests == Requests::kFail) {
      open.request->Fail(Closed(open.operation));
    } else {
      open.request->Abandon();
    }
  }
  for (const auto& run : alive) {
    if (requests == Requests::kAbandon) run->CloseForReader();
    run->Cancel();
  }
}

void SessionCore::Close(std::uint32_t grace_ms, const std::function<void(CloseReport)>& closed) {
  std::optional<CloseReport> report;
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    report = report_;
    if (!report) {
      waiting_for_close_.push_back(closed);
      first = !std::exchange(closing_, true);
    }
  }
  if (report) closed(*report);
  if (!first) return;
  Shut(Requests::kFail);
  {
    const std::lock_guard lock(mutex_);
    grace_ = std::make_unique<Alarm>([weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->OnGraceOver();
    });
    grace_->Set(grace_ms);
  }
  LogOffIfIdle();
}

void SessionCore::LogOffWhenIdle() {
  {
    const std::lock_guard lock(mutex_);
    shut_ = true;
    log_off_when_idle_ = true;
  }
  LogOffIfIdle();
}

void SessionCore::LogOffIfIdle() {
  {
    const std::lock_guard lock(mutex_);
    if (!log_off_when_idle_ || !alive_.empty() || abandoned_ || logging_off_) return;
    logging_off_ = true;
    log_off_limit_ = std::make_unique<Alarm>([weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->OnLogOffLimit();
    });
    log_off_limit_->Set(Session::kLogOffLimitMs);
  }
  thread_.Finish();
}

void SessionCore::OnGraceOver() {
  std::uint32_t runs = 0;
  {
    const std::lock_guard lock(mutex_);
    if (logging_off_) return;
    abandoned_ = !left_behind_;
    runs = static_cast<std::uint32_t>(alive_.size());
  }
  Report(runs);
}

// One call does not return: the log-off, or whatever the session thread was asked before.
void SessionCore::OnLogOffLimit() { Report(1); }

void SessionCore::OnThreadEnds() {
  thread_ended_.Set();
  Report(0);
}

// The first report counts.
void SessionCore::Report(std::uint32_t abandoned) {
  std::vector<std::function<void(CloseReport)>> waiting;
  {
    const std::lock_guard lock(mutex_);
    if (report_) return;
    report_ = CloseReport{abandoned};
    waiting.swap(waiting_for_close_);
  }
  for (const auto& closed : waiting) closed(CloseReport{abandoned});
}

void SessionCore::LeaveBehind(std::uint32_t limit_ms) {
  {
    const std::lock_guard lock(mutex_);
    left_behind_ = true;
  }
  Shut(Requests::kAbandon);
  LogOffIfIdle();
  if (limit_ms == 0) return;
  bool logging_off = false;
  {
    const std::lock_guard lock(mutex_);
    logging_off = logging_off_;
    // Nothing is logged off any more once the process is about to end: it would be cut off in the middle.
    abandoned_ = abandoned_ || !logging_off;
  }
  if (!logging_off) {
    const auto asked = std::make_shared<EventHandle>(EventHandle::Reset::kManual);
    const bool posted = thread_.Post([self = shared_from_this(), asked] {
      self->ShutDownFast();
      asked->Set();
    });
    const HANDLE over[] = {asked->get(), thread_ended_.get()};
    if (posted) WaitForMultipleObjects(2, over, FALSE, limit_ms);
    return;
  }
  WaitForSingleObject(thread_ended_.get(), limit_ms);
}

}  // namespace mapisync
