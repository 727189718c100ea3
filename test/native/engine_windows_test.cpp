// The engine without Node, against the sample MAPI: log-on to log-off, every way in which a run ends, and that
// everything comes back. A Windows program. The first argument is the path of the sample's DLL; then as check.h says.
#include "check.h"

#include <windows.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/engine.h"
#include "engine/store.h"
#include "sample/mapi/live_counters.h"
#include "text/utf8.h"

namespace mapisync {
namespace {

constexpr std::uint32_t kUserCancel = 0x80040113;
constexpr std::uint32_t kTimeoutCode = 0x80040401;
constexpr std::uint32_t kNetworkError = 0x80040115;
// Longer than anything here takes; a wait that lasts as long has failed.
constexpr DWORD kPatienceMs = 20000;

std::u16string dll_path;

std::u16string FromWide(const wchar_t* text) { return reinterpret_cast<const char16_t*>(text); }

// Something that another thread will say.
template <typename T>
class Promised {
 public:
  void Set(T value) {
    const std::lock_guard lock(state_->mutex);
    state_->value = std::move(value);
    state_->said.notify_all();
  }
  T Get() {
    std::unique_lock lock(state_->mutex);
    const bool came = state_->said.wait_for(lock, std::chrono::milliseconds(kPatienceMs),
                                            [this] { return state_->value.has_value(); });
    CHECK(came);
    return std::move(*state_->value);
  }
  bool IsSet() {
    const std::lock_guard lock(state_->mutex);
    return state_->value.has_value();
  }

 private:
  struct State {
    std::mutex mutex;
    std::condition_variable said;
    std::optional<T> value;
  };
  std::shared_ptr<State> state_ = std::make_shared<State>();
};

// A fresh folder that is a profile; the files stay in the temporary folder, which the prefix owns.
class Profile {
 public:
  Profile() {
    static std::atomic<int> serial{0};
    wchar_t temporary[MAX_PATH];
    GetTempPathW(MAX_PATH, temporary);
    path_ = std::wstring(temporary) + L"engine-test-" + std::to_wstring(GetCurrentProcessId()) + L"-" +
            std::to_wstring(GetTickCount64()) + L"-" + std::to_wstring(++serial);
    CHECK(CreateDirectoryW(path_.c_str(), nullptr) != 0);
  }

  Profile& Scripted(const std::wstring& name, const std::string& scenario) {
    CHECK(CreateDirectoryW((path_ + L"\\" + name).c_str(), nullptr) != 0);
    Write(name + L"\\scenario.txt", scenario);
    return *this;
  }
  Profile& Syncless(const std::wstring& name) {
    CHECK(CreateDirectoryW((path_ + L"\\" + name).c_str(), nullptr) != 0);
    Write(name + L"\\syncless", "");
    return *this;
  }
  Profile& Options(const std::string& options) {
    Write(L"options.txt", options);
    return *this;
  }
  std::u16string path() const { return FromWide(path_.c_str()); }

 private:
  void Write(const std::wstring& name, const std::string& text) const {
    const HANDLE file =
        CreateFileW((path_ + L"\\" + name).c_str(), GENERIC_WRITE, 0, nullptr, CREATE_ALWAYS, 0, nullptr);
    CHECK(file != INVALID_HANDLE_VALUE);
    DWORD written = 0;
    WriteFile(file, text.data(), static_cast<DWORD>(text.size()), &written, nullptr);
    CloseHandle(file);
  }

  std::wstring path_;
};

sample::SampleCounters Counters() {
  sample::SampleCounters counters;
  using Read = void STDMETHODCALLTYPE(sample::SampleCounters*);
  const FARPROC function = GetProcAddress(GetModuleHandleW(L"mapisync-sample.dll"), "MapisyncSampleCounters");
  CHECK(function != nullptr);
  reinterpret_cast<Read*>(reinterpret_cast<void (*)()>(function))(&counters);
  return counters;
}

void CheckNothingIsLeft() {
  const sample::SampleCounters counters = Counters();
  for (const std::int32_t objects : counters.objects) CHECK_SAY(objects == 0, std::to_string(objects));
  CHECK_SAY(counters.references == 0, std::to_string(counters.references));
  CHECK_SAY(counters.callback_references == 0, std::to_string(counters.callback_references));
  CHECK_SAY(counters.runs == 0, std::to_string(counters.runs));
  CHECK_SAY(counters.allocations == 0, std::to_string(counters.allocations));
}

// Of this process. GetProcessHandleCount answers 0 under Wine.
std::size_t HandleCount() {
  struct Entry {
    void* object;
    ULONG_PTR process;
    ULONG_PTR handle;
    ULONG access;
    USHORT trace;
    USHORT type;
    ULONG attributes;
    ULONG reserved;
  };
  using Query = LONG WINAPI(int, void*, ULONG, ULONG*);
  const FARPROC function = GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtQuerySystemInformation");
  const auto query = reinterpret_cast<Query*>(reinterpret_cast<void (*)()>(function));
  constexpr int kExtendedHandleInformation = 64;
  std::vector<ULONG_PTR> information(2 + 200000 * sizeof(Entry) / sizeof(ULONG_PTR));
  ULONG size = 0;
  const auto bytes = static_cast<ULONG>(information.size() * sizeof(ULONG_PTR));
  CHECK(query(kExtendedHandleInformation, information.data(), bytes, &size) >= 0);
  const auto* entries = reinterpret_cast<const Entry*>(information.data() + 2);
  return static_cast<std::size_t>(std::count_if(
      entries, entries + information[0], [](const Entry& entry) { return entry.process == GetCurrentProcessId(); }));
}

template <typename T>
Outcome<T> Ask(const std::function<void(Reply<T>)>& question) {
  Promised<Outcome<T>> answer;
  question([answer](Outcome<T> outcome) mutable { answer.Set(std::move(outcome)); });
  return answer.Get();
}

template <typename T>
T Good(Outcome<T> outcome) {
  if (const auto* failure = std::get_if<Failure>(&outcome)) {
    CHECK_SAY(false, failure->operation + " " + std::to_string(failure->hresult) + " " + ToUtf8(failure->detail));
  }
  return std::get<T>(std::move(outcome));
}

template <typename T>
Failure Bad(const Outcome<T>& outcome) {
  CHECK(std::holds_alternative<Failure>(outcome));
  return std::get<Failure>(outcome);
}

using SessionPointer = std::shared_ptr<Session>;
using StorePointer = std::shared_ptr<Store>;

Outcome<SessionPointer> TryLogOn(const std::u16string& profile, const std::u16string& dll = dll_path) {
  LogOnOptions options;
  options.mapi_path = dll;
  options.profile = profile;
  return Ask<SessionPointer>([&options](auto reply) { TheEngine().LogOn(options, std::move(reply)); });
}

SessionPointer LogOn(const Profile& profile) { return Good(TryLogOn(profile.path())); }

std::vector<StoreRow> Stores(const SessionPointer& session) {
  return Good(Ask<std::vector<StoreRow>>([&session](auto reply) { session->ListStores(std::move(reply)); }));
}

Outcome<StorePointer> TryOpen(const SessionPointer& session, const std::vector<std::uint8_t>& entry_id) {
  return Ask<StorePointer>([&](auto reply) { session->OpenStore(entry_id, std::move(reply)); });
}

StorePointer OpenFirst(const SessionPointer& session) { return Good(TryOpen(session, Stores(session).at(0).entry_id)); }

std::uint32_t Close(const SessionPointer& session, std::uint32_t grace_ms = 5000) {
  Promised<CloseReport> closed;
  session->Close(grace_ms, [closed](CloseReport report) mutable { closed.Set(report); });
  return closed.Get().abandoned;
}

// Closes, and sees to it that the sample has everything back.
void CloseClean(const SessionPointer& session) {
  CHECK(Close(session) == 0);
  CheckNothingIsLeft();
}

class Reader final : public EventReader {
 public:
  void OnReady() noexcept override { ready_.Set(); }
  void Wait() const { CHECK(WaitForSingleObject(ready_.handle, kPatienceMs) == WAIT_OBJECT_0); }

 private:
  struct Event {
    HANDLE handle = CreateEventW(nullptr, FALSE, FALSE, nullptr);
    ~Event() { CloseHandle(handle); }
    void Set() const { SetEvent(handle); }
  } ready_;
};

struct ReadRun {
  std::shared_ptr<mapisync::Run> job;
  std::shared_ptr<Reader> reader;
  std::vector<Event> events;

  // Reads until there is an event of the kind.
  Event Until(EventKind kind) {
    for (std::size_t at = 0;;) {
      for (; at < events.size(); ++at) {
        if ((events[at].kind_and_flags & 0xFF) == static_cast<std::uint32_t>(kind)) return events[at];
      }
      EventBatch batch;
      if (job->Take(1000, &batch) == 0) {
        reader->Wait();
        continue;
      }
      events.insert(events.end(), batch.events.begin(), batch.events.end());
    }
  }

  void CheckEnd(EndReason reason, std::uint32_t hresult) {
    const Event end = Until(EventKind::kEnd);
    CHECK_SAY(end.a == static_cast<std::uint32_t>(reason), "the reason is " + std::to_string(end.a));
    CHECK_SAY(end.b == hresult, "the code is " + std::to_string(end.b));
    CHECK(job->ended());
    int starts = 0;
    for (const Event& event : events) starts += (event.kind_and_flags & 0xFF) == 1 ? 1 : 0;
    CHECK(starts == 1 && (events.front().kind_and_flags & 0xFF) == 1);
    CHECK(&events.back() != &end && (events.back().kind_and_flags & 0xFF) == 5);
  }

  bool LetGo(std::uint32_t grace_ms = 10000) const {
    Promised<bool> answer;
    job->WhenLetGo(grace_ms, [answer](bool let_go) mutable { answer.Set(let_go); });
    return answer.Get();
  }

  std::optional<std::uint32_t> Returned() const {
    Promised<std::optional<std::uint32_t>> answer;
    job->WhenReturned([answer](std::optional<std::uint32_t> result) mutable { answer.Set(result); });
    return answer.Get();
  }
};

ReadRun Synchronize(const StorePointer& store, const SyncRequest& request = {}) {
  ReadRun run;
  run.reader = std::make_shared<Reader>();
  run.job = store->Synchronize(request, run.reader);
  return run;
}

struct Opened {
  explicit Opened(const std::string& scenario) : profile(), session(LogOn(profile.Scripted(L"Store", scenario))) {
    store = OpenFirst(session);
  }

  Profile profile;
  SessionPointer session;
  StorePointer store;
};

CASE("a session logs on, says where it is, lists its stores and gives everything back") {
  Profile profile;
  profile.Scripted(L"Ärchiv", "done 0\n").Syncless(L"Old");
  const SessionPointer session = LogOn(profile);
  CHECK(session->info().mapi_path == dll_path && session->info().found_by == "the path that was given");
  CHECK(session->info().bits == static_cast<int>(sizeof(void*) * 8));
  CHECK(session->info().profile.has_value());
  const auto rows = Stores(session);
  CHECK(rows.size() == 2 && rows[0].provider_uid.size() == 16 && rows[0].provider_name.has_value());
  CHECK(rows[0].is_default != rows[1].is_default);
  for (const StoreRow& row : rows) {
    const StorePointer store = Good(TryOpen(session, row.entry_id));
    CHECK(store->row().display_name == row.display_name);
    CHECK(store->can_synchronize() == (row.display_name != u"Old"));
  }
  CloseClean(session);
}

CASE("a log-on that MAPI refuses, and DLLs that are none, say why") {
  const auto missing = Bad(TryLogOn(u"C:\\no such profile"));
  CHECK(missing.operation == "MAPILogonEx" && missing.hresult == 0x8004010F && missing.symbol.empty());
  CHECK(Bad(TryLogOn(u"x", u"C:\\no such.dll")).symbol == "MAPI_NOT_INSTALLED");
  CHECK(Bad(TryLogOn(u"x", u"C:\\windows\\system32\\kernel32.dll")).symbol == "MAPI_NOT_A_MAPI_DLL");
  CHECK(Bad(TryLogOn(u"x", u"C:\\windows\\win.ini")).symbol != "");
  CHECK(Bad(TryLogOn(u"x", u"mapi32.dll")).symbol == "MAPI_NOT_INSTALLED");
}

CASE("an entry identifier that MAPI does not know is a failure, with what the session says of it") {
  Opened o("done 0\n");
  const auto failure = Bad(TryOpen(o.session, {1, 2, 3}));
  CHECK(failure.operation == "IMAPISession::OpenMsgStore" && failure.hresult >= 0x80040000);
  CloseClean(o.session);
}

CASE("a closed session answers MAPI_CLOSED, and closes again") {
  Opened o("done 0\n");
  CloseClean(o.session);
  CHECK(Bad(TryOpen(o.session, {1})).symbol == "MAPI_CLOSED");
  CHECK(Close(o.session) == 0);
  ReadRun run = Synchronize(o.store);
  run.CheckEnd(EndReason::kCancelled, kUserCancel);
  CHECK(!run.Returned() && run.LetGo());
}

CASE("a sync reports and succeeds, and its handle is closed") {
  Opened o("progress \"Inbox\" 1 10\nerror 0x80040115 \"server\"\nprogress null 2 10\ndone 0\n");
  std::size_t before = 0;
  for (int count = 0; count < 30; ++count) {
    ReadRun run = Synchronize(o.store, {.flags = 0xC3});
    run.CheckEnd(EndReason::kDone, 0);
    CHECK(run.events.front().a == 0xC3 && run.job->counts().updates == 2 && run.job->counts().problems == 1);
    CHECK(run.Returned() == 0U && run.job->done() == 0U && run.LetGo());
    if (count == 10) before = HandleCount();
  }
  // A thread that has said its last word keeps its handles for a moment longer.
  std::size_t after = HandleCount();
  for (DWORD waited = 0; after > before + 5 && waited < kPatienceMs; waited += 50) {
    Sleep(50);
    after = HandleCount();
  }
  CHECK_SAY(after <= before + 5, std::to_string(after) + " after " + std::to_string(before));
  CloseClean(o.session);
}

CASE("Done brings a failing code") {
  Opened o("done 0x80040115\n");
  Synchronize(o.store).CheckEnd(EndReason::kDone, kNetworkError);
  CloseClean(o.session);
}

CASE("the call fails, and Done's code is kept beside its own") {
  Opened o("done 0x80040115\nreturn 0x8004010B\n");
  ReadRun run = Synchronize(o.store);
  run.CheckEnd(EndReason::kCallFailed, 0x8004010B);
  CHECK(run.events.back().c == kNetworkError && run.Returned() == 0x8004010BU && run.LetGo());
  CloseClean(o.session);
}

CASE("Done comes during a call that takes its time") {
  Opened o("progress \"x\" 1 1\ndone 0\nsleep 300\nreturn 0\n");
  Synchronize(o.store).CheckEnd(EndReason::kDone, 0);
  CloseClean(o.session);
}

CASE("the event without a Done ends the run without a result") {
  Opened o("signal\n");
  ReadRun run = Synchronize(o.store);
  run.CheckEnd(EndReason::kNoResult, 0x80004005);
  CHECK(!run.job->done());
  CloseClean(o.session);
}

CASE("an event that resets itself, and one that is set before Done") {
  for (const char* scenario : {"option auto-reset-event\ndone 0\n", "signal\nsleep 50\ndone 0\n"}) {
    Opened o(scenario);
    ReadRun run = Synchronize(o.store);
    run.CheckEnd(EndReason::kDone, 0);
    CHECK(run.LetGo());
    CloseClean(o.session);
  }
}

CASE("every handle that Done can bring") {
  for (const char* handle : {"event", "null", "other", "invalid", "closed", "garbage"}) {
    Opened o(std::string("done 0 ") + handle + "\n");
    for (int count = 0; count < 3; ++count) {
      ReadRun run = Synchronize(o.store);
      run.CheckEnd(EndReason::kDone, 0);
      CHECK(run.LetGo());
    }
    CloseClean(o.session);
  }
}

CASE("no event at all") {
  Opened o("option no-event\ndone 0\n");
  ReadRun run = Synchronize(o.store);
  run.CheckEnd(EndReason::kDone, 0);
  CHECK(run.LetGo());
  CloseClean(o.session);
}

CASE("the callback is cast, asked for everything, referenced a thousand times, done twice") {
  for (const char* scenario : {"option cast-callback\nprogress \"x\" 1 2\ndone 0\n", "query-callback\ndone 0\n",
                               "add-ref 1000\nrelease 1000\ndone 0\n", "done 0\ndone 1\n"}) {
    Opened o(scenario);
    ReadRun run = Synchronize(o.store);
    run.CheckEnd(EndReason::kDone, 0);
    CHECK_SAY(run.LetGo(), scenario);
    CloseClean(o.session);
  }
}

CASE("cancel ends at once; the provider stops and lets go") {
  Opened o("repeat 100000 progress \"x\" 1 2\nsleep 20\nrepeat 100000000 progress \"y\" 1 2\ndone 0\n");
  ReadRun run = Synchronize(o.store);
  run.Until(EventKind::kProgress);
  run.job->Cancel();
  CHECK(run.job->ended());
  run.CheckEnd(EndReason::kCancelled, kUserCancel);
  CHECK(run.LetGo());
  CloseClean(o.session);
}

CASE("timeout and stall end a run whose provider says nothing") {
  Opened o("progress \"x\" 1 2\nsleep 1500\ndone 0\n");
  Synchronize(o.store, {.timeout_ms = 100}).CheckEnd(EndReason::kTimeout, kTimeoutCode);
  ReadRun stalled = Synchronize(o.store, {.stall_ms = 100});
  stalled.CheckEnd(EndReason::kStalled, kTimeoutCode);
  CHECK(stalled.LetGo());
  CloseClean(o.session);
}

CASE("a provider that is held for too long is told to stop; one that is held is no stall") {
  Opened o("repeat 200000 progress \"x\" # 200000\ndone 0\n");
  SyncRequest request;
  request.delivery = Delivery::kEvery;
  request.stall_ms = 50;
  request.hold_ms = 400;
  ReadRun run = Synchronize(o.store, request);
  while (!run.job->ended()) Sleep(10);
  run.CheckEnd(EndReason::kReaderStalled, kTimeoutCode);
  CHECK(run.LetGo());
  CloseClean(o.session);
}

CASE("every progress call arrives in 'every'") {
  Opened o("threads 4 repeat 50000 progress \"x\" # 50000\ndone 0\n");
  SyncRequest request;
  request.delivery = Delivery::kEvery;
  ReadRun run = Synchronize(o.store, request);
  run.CheckEnd(EndReason::kDone, 0);
  CHECK(run.events.size() == 200002 && run.job->counts().updates == 200000);
  CloseClean(o.session);
}

CASE("runs on one store take turns; one that is cancelled or times out in the queue calls nothing") {
  Opened o("sleep 200\ndone 0\n");
  ReadRun first = Synchronize(o.store);
  ReadRun cancelled = Synchronize(o.store);
  ReadRun late = Synchronize(o.store, {.timeout_ms = 50});
  ReadRun second = Synchronize(o.store);
  cancelled.job->Cancel();
  cancelled.CheckEnd(EndReason::kCancelled, kUserCancel);
  CHECK(!cancelled.Returned() && cancelled.LetGo());
  late.CheckEnd(EndReason::kTimeout, kTimeoutCode);
  CHECK(!late.Returned() && !first.job->ended());
  first.CheckEnd(EndReason::kDone, 0);
  second.CheckEnd(EndReason::kDone, 0);
  CHECK(second.LetGo());
  CloseClean(o.session);
}

CASE("a store that cannot synchronise ends the run without a call") {
  for (const char* option : {"option query-null\n", "option query-stray\n"}) {
    Opened o(option);
    CHECK(!o.store->can_synchronize());
    ReadRun run = Synchronize(o.store);
    run.CheckEnd(EndReason::kNotCalled, 0x80004002);
    CHECK(!run.Returned());
    CloseClean(o.session);
  }
}

CASE("close cancels what runs, and waits until providers have let go") {
  Opened o("repeat 100000000 progress \"x\" 1 2\ndone 0\n");
  ReadRun run = Synchronize(o.store);
  run.Until(EventKind::kProgress);
  CloseClean(o.session);
  run.CheckEnd(EndReason::kCancelled, kUserCancel);
}

CASE("a store closes while its session goes on") {
  Opened o("repeat 100000000 progress \"x\" 1 2\ndone 0\n");
  ReadRun run = Synchronize(o.store);
  run.Until(EventKind::kProgress);
  Promised<bool> closed;
  o.store->Close(5000, [closed](bool let_go) mutable { closed.Set(let_go); });
  CHECK(closed.Get());
  run.CheckEnd(EndReason::kCancelled, kUserCancel);
  CHECK(Counters().objects[static_cast<int>(sample::ObjectKind::kStore)] == 0);
  Synchronize(o.store).CheckEnd(EndReason::kCancelled, kUserCancel);
  CloseClean(o.session);
}

CASE("a session that is dropped without a close logs off when its run is over") {
  Promised<bool> ended;
  {
    Opened o("sleep 100\ndone 0\n");
    ReadRun run = Synchronize(o.store);
    run.job->WhenLetGo(10000, [ended](bool let_go) mutable { ended.Set(let_go); });
    o.store.reset();
    o.session.reset();
    run.CheckEnd(EndReason::kDone, 0);
  }
  CHECK(ended.Get());
  for (DWORD waited = 0; Counters().references != 0 && waited < kPatienceMs; waited += 10) Sleep(10);
  CheckNothingIsLeft();
}

CASE("an environment that goes leaves a session, which logs off when the provider has let go") {
  Opened o("option ignore-cancel\nsleep 200\nprogress \"x\" 1 1\ndone 0\n");
  ReadRun run = Synchronize(o.store);
  o.session->Leave();
  CHECK(run.job->ended());
  CHECK(run.LetGo());
  for (DWORD waited = 0; Counters().references != 0 && waited < kPatienceMs; waited += 10) Sleep(10);
  CheckNothingIsLeft();
  Opened idle("done 0\n");
  TheEngine().LeaveAll(10000);
  CheckNothingIsLeft();
}

CASE("many runs with ends at any moment give everything back") {
  Profile profile;
  for (const wchar_t* name : {L"a", L"b", L"c", L"d"}) {
    profile.Scripted(name, "threads 3 repeat 300 progress \"folder\" # 300\nerror 0x80040115 null\ndone 0\n");
  }
  const SessionPointer session = LogOn(profile);
  std::vector<StorePointer> stores;
  for (const StoreRow& row : Stores(session)) stores.push_back(Good(TryOpen(session, row.entry_id)));
  std::uint32_t random = 1;
  for (int round = 0; round < 4; ++round) {
    std::vector<ReadRun> runs;
    for (const StorePointer& store : stores) {
      for (int count = 0; count < 3; ++count) {
        random = random * 1664525 + 1013904223;
        SyncRequest request;
        request.delivery = random >> 30 == 0 ? Delivery::kEvery : Delivery::kLatest;
        request.timeout_ms = random >> 28 == 1 ? 5 : 0;
        runs.push_back(Synchronize(store, request));
      }
    }
    for (const ReadRun& run : runs) {
      random = random * 1664525 + 1013904223;
      if (random >> 31 == 0) run.job->Cancel();
    }
    for (ReadRun& run : runs) {
      run.Until(EventKind::kEnd);
      CHECK(run.LetGo());
    }
  }
  CloseClean(session);
}

CASE("a log-on that nobody wants any more is logged off") {
  Profile profile;
  profile.Scripted(L"Store", "done 0\n");
  LogOnOptions options;
  options.mapi_path = dll_path;
  options.profile = profile.path();
  TheEngine().LogOn(options, [](Outcome<SessionPointer>) {})->Abandon();
  Sleep(200);
  CheckNothingIsLeft();
}

CASE("hostile store tables are read") {
  for (const char* options :
       {"rows 10000\n", "rows 0\n", "missing 0x30010000\n", "error 0x30010000 0x8004010F\n", "null 0x34140000\n",
        "fewer-values\n", "one-row-at-a-time\n", "ansi-only\n", "name-length 32000\nrows 5\n"}) {
    Profile profile;
    profile.Scripted(L"Store", "done 0\n").Options(options);
    const SessionPointer session = LogOn(profile);
    const auto rows = Stores(session);
    if (std::strcmp(options, "rows 10000\n") == 0) CHECK(rows.size() == 10000);
    if (std::strcmp(options, "rows 0\n") == 0) CHECK(rows.empty());
    if (std::strncmp(options, "name", 4) == 0) CHECK(rows.at(0).display_name.size() == 32000);
    CloseClean(session);
  }
}

CASE("flags that a store does not know are left out") {
  Profile profile;
  profile.Scripted(L"Store", "done 0\n").Options("refuse-open-flags 0x80\n");
  const SessionPointer session = LogOn(profile);
  CHECK(OpenFirst(session)->can_synchronize());
  CloseClean(session);
}

// From here on things stay behind, and so nothing may follow that counts.

CASE("a provider that releases the callback once too often takes nothing away under us") {
  Opened o("release 3\nprogress \"x\" 1 2\ndone 0\nrelease 2\n");
  for (int count = 0; count < 3; ++count) {
    ReadRun run = Synchronize(o.store);
    run.CheckEnd(EndReason::kDone, 0);
    CHECK(run.LetGo());
  }
  CHECK(Close(o.session) == 0);
}

CASE("a provider that keeps the callback is abandoned, and said to be") {
  Opened o("option keep-callback\ndone 0\n");
  ReadRun run = Synchronize(o.store);
  run.CheckEnd(EndReason::kDone, 0);
  CHECK(!run.LetGo(100));
  ReadRun next = Synchronize(o.store);
  CHECK(!next.LetGo(50) && !next.job->ended());
  CHECK(Close(o.session, 100) == 1);
  next.CheckEnd(EndReason::kCancelled, kUserCancel);
}

CASE("a call that never returns ends as stalled, and is abandoned") {
  Opened o("block\nreturn 0\n");
  ReadRun run = Synchronize(o.store, {.stall_ms = 100});
  run.CheckEnd(EndReason::kStalled, kTimeoutCode);
  CHECK(Close(o.session, 50) == 1);
}

CASE("a log-on that never returns can be given up") {
  Profile profile;
  profile.Options("block-logon\n");
  LogOnOptions options;
  options.mapi_path = dll_path;
  options.profile = profile.path();
  std::atomic<bool> answered{false};
  const auto request = TheEngine().LogOn(options, [&answered](Outcome<SessionPointer>) { answered = true; });
  Sleep(50);
  request->Abandon();
  CHECK(!answered);
}

CASE("a log-off that never returns is reported") {
  Profile profile;
  profile.Scripted(L"Store", "done 0\n").Options("block-logoff\n");
  CHECK(Close(LogOn(profile)) == 1);
}

}  // namespace
}  // namespace mapisync

int wmain(int argc, wchar_t** argv) {
  if (argc < 2) return 2;
  mapisync::dll_path = mapisync::FromWide(argv[1]);
  std::string filter = argc > 2 ? mapisync::ToUtf8(mapisync::FromWide(argv[2])) : "";
  char* arguments[] = {nullptr, filter.data()};
  const int result = mapisync::check::Main(argc > 2 ? 2 : 1, arguments);
  // What was abandoned does not let a process end in order.
  TerminateProcess(GetCurrentProcess(), static_cast<UINT>(result));
  return result;
}
