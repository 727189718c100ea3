// The sample MAPI, driven as any MAPI client would: loaded by path, called through its exports and its objects'
// vtables. A Windows program. The first argument is the path of the DLL, or of a mapi32.dll that forwards to it; then
// as check.h says.
#include "check.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "mapi/mapi.h"
#include "sample/mapi/live_counters.h"

namespace {

using mapisync::sample::ObjectKind;
using mapisync::sample::SampleCounters;

std::wstring dll_path;

template <typename Function>
Function* Look(HMODULE module, const char* name) {
  return reinterpret_cast<Function*>(reinterpret_cast<void*>(GetProcAddress(module, name)));
}

struct Dll {
  HMODULE module = LoadLibraryW(dll_path.c_str());
  mapi::MAPIINITIALIZE* initialize = Look<mapi::MAPIINITIALIZE>(module, "MAPIInitialize");
  mapi::MAPIUNINITIALIZE* uninitialize = Look<mapi::MAPIUNINITIALIZE>(module, "MAPIUninitialize");
  mapi::MAPILOGONEX* log_on = Look<mapi::MAPILOGONEX>(module, "MAPILogonEx");
  mapi::MAPIADMINPROFILES* admin_profiles = Look<mapi::MAPIADMINPROFILES>(module, "MAPIAdminProfiles");
  mapi::MAPIALLOCATEBUFFER* allocate = Look<mapi::MAPIALLOCATEBUFFER>(module, "MAPIAllocateBuffer");
  mapi::MAPIALLOCATEMORE* allocate_more = Look<mapi::MAPIALLOCATEMORE>(module, "MAPIAllocateMore");
  mapi::MAPIFREEBUFFER* free_buffer = Look<mapi::MAPIFREEBUFFER>(module, "MAPIFreeBuffer");
  mapi::HRQUERYALLROWS* query_all_rows = Look<mapi::HRQUERYALLROWS>(module, "HrQueryAllRows@24");
};

Dll& TheDll() {
  static Dll dll;
  return dll;
}

// The counters come from the sample itself, also where a stub in front of it forwards the rest.
SampleCounters Counters() {
  SampleCounters counters;
  const HMODULE module = GetModuleHandleW(L"mapisync-sample.dll");
  using Read = void STDMETHODCALLTYPE(SampleCounters*);
  Look<Read>(module, "MapisyncSampleCounters")(&counters);
  return counters;
}

void FreeRows(mapi::SRowSet* rows) {
  for (ULONG i = 0; i < rows->cRows; ++i) TheDll().free_buffer(rows->aRow[i].lpProps);
  TheDll().free_buffer(rows);
}

std::string Hex(HRESULT result) {
  char text[16];
  std::snprintf(text, sizeof(text), "0x%08lX", static_cast<unsigned long>(result));
  return text;
}

#define CHECK_RESULT(call, expected)                     \
  do {                                                   \
    const HRESULT got_ = (call);                         \
    CHECK_SAY(got_ == (expected), "it is " + Hex(got_)); \
  } while (false)

void WriteFileText(const std::wstring& path, const std::string& text) {
  const HANDLE file = CreateFileW(path.c_str(), GENERIC_WRITE, 0, nullptr, CREATE_ALWAYS, 0, nullptr);
  CHECK(file != INVALID_HANDLE_VALUE);
  DWORD written = 0;
  WriteFile(file, text.data(), static_cast<DWORD>(text.size()), &written, nullptr);
  CloseHandle(file);
}

void RemoveTree(const std::wstring& folder) {
  WIN32_FIND_DATAW found;
  const HANDLE search = FindFirstFileW((folder + L"\\*").c_str(), &found);
  if (search != INVALID_HANDLE_VALUE) {
    do {
      const std::wstring name = found.cFileName;
      if (name == L"." || name == L"..") continue;
      const std::wstring path = folder + L"\\" + name;
      if ((found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0) {
        RemoveTree(path);
      } else {
        DeleteFileW(path.c_str());
      }
    } while (FindNextFileW(search, &found) != 0);
    FindClose(search);
  }
  RemoveDirectoryW(folder.c_str());
}

// A fresh folder that is a profile, for as long as it is wanted.
class TestProfile {
 public:
  TestProfile() {
    static std::atomic<int> serial{0};
    wchar_t temporary[MAX_PATH];
    GetTempPathW(MAX_PATH, temporary);
    path_ = std::wstring(temporary) + L"sample-dll-test-" + std::to_wstring(GetTickCount64()) + L"-" +
            std::to_wstring(++serial);
    CHECK(CreateDirectoryW(path_.c_str(), nullptr) != 0);
  }
  ~TestProfile() { RemoveTree(path_); }
  TestProfile(const TestProfile&) = delete;
  TestProfile& operator=(const TestProfile&) = delete;

  const std::wstring& path() const { return path_; }
  std::wstring Folder(const std::wstring& name) const {
    const std::wstring folder = path_ + L"\\" + name;
    CreateDirectoryW(folder.c_str(), nullptr);
    return folder;
  }
  void Scripted(const std::wstring& name, const std::string& scenario) const {
    WriteFileText(Folder(name) + L"\\scenario.txt", scenario);
  }

 private:
  std::wstring path_;
};

struct InitializedThread {
  InitializedThread() {
    mapi::MAPIINIT_0 init = {mapi::MAPI_INIT_VERSION, mapi::MAPI_MULTITHREAD_NOTIFICATIONS | mapi::MAPI_NO_COINIT};
    CHECK_RESULT(TheDll().initialize(&init), S_OK);
  }
  ~InitializedThread() { TheDll().uninitialize(); }
};

class TestSession {
 public:
  explicit TestSession(const std::wstring& profile, ULONG flags = 0x80008022) {
    std::wstring name = profile;
    CHECK_RESULT(TheDll().log_on(0, name.data(), nullptr, flags, &session_), S_OK);
  }
  ~TestSession() {
    if (session_ != nullptr) Close();
  }
  void Close() {
    session_->Logoff(0, 0, 0);
    session_->Release();
    session_ = nullptr;
  }
  mapi::IMAPISession* operator->() const { return session_; }
  mapi::IMAPISession* get() const { return session_; }

  mapi::SRowSet* Rows(mapi::SPropTagArray* tags) const {
    mapi::IMAPITable* table = nullptr;
    CHECK_RESULT(session_->GetMsgStoresTable(mapi::MAPI_UNICODE, &table), S_OK);
    mapi::SRowSet* rows = nullptr;
    const HRESULT queried = TheDll().query_all_rows(table, tags, nullptr, nullptr, 0, &rows);
    table->Release();
    CHECK_RESULT(queried, S_OK);
    return rows;
  }

  HRESULT TryOpen(const std::wstring& name, mapi::IMsgStore** store) const {
    struct {
      ULONG count = 2;
      ULONG tags[2] = {mapi::PR_ENTRYID, mapi::PR_DISPLAY_NAME_W};
    } columns;
    mapi::SRowSet* rows = Rows(reinterpret_cast<mapi::SPropTagArray*>(&columns));
    HRESULT result = mapi::MAPI_E_NOT_FOUND;
    for (ULONG i = 0; i < rows->cRows; ++i) {
      const mapi::SPropValue* values = rows->aRow[i].lpProps;
      if (name != values[1].Value.lpszW) continue;
      result =
          session_->OpenMsgStore(0, values[0].Value.bin.cb, reinterpret_cast<mapi::ENTRYID*>(values[0].Value.bin.lpb),
                                 nullptr, mapi::MDB_NO_DIALOG | mapi::MDB_WRITE, store);
    }
    FreeRows(rows);
    return result;
  }

  mapi::IMsgStore* Open(const std::wstring& name) const {
    mapi::IMsgStore* store = nullptr;
    CHECK_RESULT(TryOpen(name, &store), S_OK);
    return store;
  }

  std::wstring LastError(HRESULT result) const {
    mapi::MAPIERROR* error = nullptr;
    CHECK_RESULT(session_->GetLastError(result, mapi::MAPI_UNICODE, &error), S_OK);
    if (error == nullptr) return {};
    std::wstring text = static_cast<const wchar_t*>(error->lpszError);
    TheDll().free_buffer(error);
    return text;
  }

 private:
  mapi::IMAPISession* session_ = nullptr;
};

struct Note {
  enum class Kind { kProgress, kError, kDone } kind;
  std::wstring text;
  bool has_text;
  ULONG a;
  ULONG b;
  HANDLE handle;
};

class Recorder final : public mapi::IMAPISyncProgressCallback {
 public:
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) override {
    if (object == nullptr) return E_POINTER;
    *object = nullptr;
    const GUID unknown = {0, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};
    const GUID marshal = {3, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};
    if (marshaler != nullptr && IsEqualGUID(iid, marshal)) return marshaler->QueryInterface(iid, object);
    if (!IsEqualGUID(iid, unknown) && !IsEqualGUID(iid, mapi::IID_IMAPISyncProgressCallback)) return E_NOINTERFACE;
    ++references;
    *object = this;
    return S_OK;
  }
  ULONG STDMETHODCALLTYPE AddRef() override { return static_cast<ULONG>(++references); }
  ULONG STDMETHODCALLTYPE Release() override { return static_cast<ULONG>(--references); }
  HRESULT STDMETHODCALLTYPE Progress(const WCHAR* text, ULONG index, ULONG max) override {
    Add({Note::Kind::kProgress, text == nullptr ? L"" : text, text != nullptr, index, max, nullptr});
    return answer;
  }
  HRESULT STDMETHODCALLTYPE Error(HRESULT result, const WCHAR* text) override {
    Add({Note::Kind::kError, text == nullptr ? L"" : text, text != nullptr, static_cast<ULONG>(result), 0, nullptr});
    return answer;
  }
  HRESULT STDMETHODCALLTYPE Done(HANDLE event, HRESULT result) override {
    Add({Note::Kind::kDone, L"", false, static_cast<ULONG>(result), 0, event});
    return S_OK;
  }

  std::vector<Note> notes() {
    const std::lock_guard lock(mutex_);
    return notes_;
  }
  std::size_t Count(Note::Kind kind) {
    std::size_t count = 0;
    for (const Note& note : notes()) count += note.kind == kind ? 1 : 0;
    return count;
  }

  std::atomic<long> references{1};
  std::atomic<HRESULT> answer{S_OK};
  HANDLE event = nullptr;           // the slot
  ::IUnknown* marshaler = nullptr;  // a free-threaded one, where there is one

 private:
  void Add(Note note) {
    const std::lock_guard lock(mutex_);
    notes_.push_back(std::move(note));
  }
  std::mutex mutex_;
  std::vector<Note> notes_;
};

HRESULT Synchronize(const TestSession& session, mapi::IMsgStore* store, Recorder* recorder, ULONG flags = 0x200000C3) {
  void* sync = nullptr;
  CHECK_RESULT(store->QueryInterface(mapi::IID_IMAPISync, &sync), S_OK);
  mapi::MAPISIB request = {sizeof(request), flags, session.get(), recorder, &recorder->event};
  const HRESULT result = static_cast<mapi::IMAPISync*>(sync)->SynchronizeInBackground(&request);
  static_cast<mapi::IMAPISync*>(sync)->Release();
  return result;
}

constexpr DWORD kPatienceMs = 20000;

void WaitForEnd(Recorder* recorder) {
  CHECK(recorder->event != nullptr);
  CHECK(WaitForSingleObject(recorder->event, kPatienceMs) == WAIT_OBJECT_0);
}

// By the counters: an event that Done does not hand over is closed by the provider, perhaps before anybody could look
// at it.
void WaitForQuiet() {
  for (DWORD waited = 0; waited < kPatienceMs; waited += 10) {
    const SampleCounters now = Counters();
    if (now.runs == 0 && now.threads == 0) return;
    Sleep(10);
  }
  CHECK(Counters().runs == 0);
  CHECK(Counters().threads == 0);
}

// What every case that is in balance ends with.
void CheckNothingIsLeft() {
  const SampleCounters left = Counters();
  for (const std::int32_t count : left.objects) CHECK_SAY(count == 0, std::to_string(count));
  CHECK_SAY(left.references == 0, std::to_string(left.references));
  CHECK_SAY(left.runs == 0, std::to_string(left.runs));
  CHECK_SAY(left.threads == 0, std::to_string(left.threads));
  CHECK_SAY(left.allocations == 0, std::to_string(left.allocations));
  CHECK_SAY(left.callback_references == 0, std::to_string(left.callback_references));
}

// Plays one scenario on a fresh store and waits for the event; everything is given back afterwards.
void PlayInBalance(const std::string& scenario, HRESULT expected, const std::function<void(Recorder&)>& look) {
  {
    const InitializedThread initialized;
    const TestProfile profile;
    profile.Scripted(L"S", scenario);
    const TestSession session(profile.path());
    mapi::IMsgStore* store = session.Open(L"S");
    Recorder recorder;
    CHECK_RESULT(Synchronize(session, store, &recorder), expected);
    WaitForQuiet();
    look(recorder);
    CHECK_SAY(recorder.references == 1, std::to_string(recorder.references));
    for (const Note& note : recorder.notes()) {
      if (note.kind == Note::Kind::kDone && note.handle != nullptr && note.handle == recorder.event) {
        WaitForEnd(&recorder);
        CloseHandle(note.handle);
        recorder.event = nullptr;
      }
    }
    store->Release();
  }
  CheckNothingIsLeft();
}

CASE("MAPIInitialize counts, refuses what it does not know, and must come first") {
  Dll& dll = TheDll();
  CHECK(dll.module != nullptr && dll.initialize != nullptr && dll.query_all_rows != nullptr);
  mapi::IMAPISession* session = nullptr;
  wchar_t name[] = L"none";
  CHECK_RESULT(dll.log_on(0, name, nullptr, 0x80008022, &session), mapi::MAPI_E_NOT_INITIALIZED);
  mapi::MAPIINIT_0 init = {mapi::MAPI_INIT_VERSION, 0x4};
  CHECK_RESULT(dll.initialize(&init), mapi::MAPI_E_UNKNOWN_FLAGS);
  CHECK_RESULT(dll.initialize(nullptr), S_OK);
  CHECK(Counters().initializations == 1);
  dll.uninitialize();
  CHECK(Counters().initializations == 0);
}

CASE("MAPIInitialize says RPC_E_CHANGED_MODE in the multithreaded apartment, unless COM is left alone") {
  HRESULT plain = S_OK;
  HRESULT without_com = E_FAIL;
  std::thread([&] {
    CoInitializeEx(nullptr, COINIT_MULTITHREADED);
    plain = TheDll().initialize(nullptr);
    mapi::MAPIINIT_0 init = {mapi::MAPI_INIT_VERSION, mapi::MAPI_NO_COINIT};
    without_com = TheDll().initialize(&init);
    if (SUCCEEDED(without_com)) TheDll().uninitialize();
    CoUninitialize();
  }).join();
  CHECK_RESULT(plain, static_cast<HRESULT>(0x80010106));
  CHECK_RESULT(without_com, S_OK);
}

CASE("MAPIFreeBuffer frees a block with all that hangs on it") {
  Dll& dll = TheDll();
  void* base = nullptr;
  CHECK_RESULT(dll.allocate(100, &base), S_OK);
  void* more = nullptr;
  CHECK_RESULT(dll.allocate_more(100, base, &more), S_OK);
  CHECK_RESULT(dll.allocate_more(0, base, &more), S_OK);
  CHECK(reinterpret_cast<std::uintptr_t>(more) % 16 == 0);
  CHECK(Counters().allocations == 3);
  CHECK(dll.free_buffer(more) != S_OK);
  CHECK(dll.free_buffer(base) == S_OK);
  CHECK(dll.free_buffer(nullptr) == S_OK);
  CHECK(Counters().allocations == 0);
}

CASE("MAPILogonEx refuses a profile that is not there, and one that nobody names") {
  const InitializedThread initialized;
  mapi::IMAPISession* session = nullptr;
  wchar_t missing[] = L"C:\\no such folder";
  CHECK_RESULT(TheDll().log_on(0, missing, nullptr, 0x80008022, &session), mapi::MAPI_E_NOT_FOUND);
  wchar_t outside[] = L"..\\x";
  CHECK_RESULT(TheDll().log_on(0, outside, nullptr, 0x80008022, &session), mapi::MAPI_E_NOT_FOUND);
  CHECK_RESULT(TheDll().log_on(0, nullptr, nullptr, 0x80008022, &session), mapi::MAPI_E_LOGON_FAILED);
  CHECK(session == nullptr);
  CheckNothingIsLeft();
}

CASE("the store table lists the profile's folders, stores.txt first") {
  {
    const InitializedThread initialized;
    const TestProfile profile;
    profile.Scripted(L"a", "done 0\n");
    profile.Scripted(L"b", "done 0\n");
    profile.Scripted(L"z", "done 0\n");
    WriteFileText(profile.path() + L"\\stores.txt", "z\tZwei\r\na\tZwei\n");
    const TestSession session(profile.path());
    mapi::SRowSet* rows = session.Rows(nullptr);
    CHECK(rows->cRows == 3);
    const wchar_t* const names[] = {L"Zwei", L"Zwei", L"b"};
    for (ULONG i = 0; i < 3; ++i) {
      const mapi::SPropValue* values = rows->aRow[i].lpProps;
      CHECK(rows->aRow[i].cValues == 10);
      CHECK(values[0].ulPropTag == mapi::PR_DEFAULT_STORE && (values[0].Value.b != 0) == (i == 0));
      CHECK(values[1].ulPropTag == mapi::PR_DISPLAY_NAME_W && std::wstring(values[1].Value.lpszW) == names[i]);
      CHECK(values[4].ulPropTag == mapi::PR_MDB_PROVIDER && values[4].Value.bin.cb == 16);
    }
    FreeRows(rows);
  }
  CheckNothingIsLeft();
}

CASE("a table seeks and counts, says what a row lacks, and does not search") {
  {
    const InitializedThread initialized;
    const TestProfile profile;
    for (const wchar_t* name : {L"a", L"b", L"c"}) profile.Scripted(name, "done 0\n");
    const TestSession session(profile.path());
    mapi::IMAPITable* table = nullptr;
    CHECK_RESULT(session->GetMsgStoresTable(mapi::MAPI_UNICODE, &table), S_OK);
    ULONG count = 0;
    CHECK_RESULT(table->GetRowCount(0, &count), S_OK);
    CHECK(count == 3);
    LONG sought = 0;
    CHECK_RESULT(table->SeekRow(mapi::BOOKMARK_END, -5, &sought), S_OK);
    CHECK(sought == -3);
    CHECK_RESULT(table->FindRow(nullptr, mapi::BOOKMARK_BEGINNING, 0), mapi::MAPI_E_NO_SUPPORT);
    CHECK_RESULT(table->Restrict(nullptr, 0), mapi::MAPI_E_NO_SUPPORT);
    CHECK_RESULT(table->SeekRow(mapi::BOOKMARK_BEGINNING, 2, &sought), S_OK);
    mapi::SPropTagArray tags = {1, {0x1234001F}};
    CHECK_RESULT(table->SetColumns(&tags, 0), S_OK);
    mapi::SRowSet* rows = nullptr;
    CHECK_RESULT(table->QueryRows(10, 0, &rows), S_OK);
    CHECK(rows->cRows == 1 && rows->aRow[0].lpProps->ulPropTag == 0x1234000A);
    CHECK(rows->aRow[0].lpProps->Value.err == mapi::MAPI_E_NOT_FOUND);
    FreeRows(rows);
    CHECK_RESULT(table->QueryRows(10, 0, &rows), S_OK);
    CHECK(rows->cRows == 0);
    FreeRows(rows);
    CHECK_RESULT(table->QueryRows(0, 0, &rows), mapi::MAPI_E_INVALID_PARAMETER);
    CHECK_RESULT(table->SeekRow(77, 0, nullptr), mapi::MAPI_E_INVALID_BOOKMARK);
    table->Release();
  }
  CheckNothingIsLeft();
}

CASE("options.txt makes tables of every kind") {
  {
    const InitializedThread initialized;
    const TestProfile profile;
    profile.Scripted(L"a", "done 0\n");
    WriteFileText(profile.path() + L"\\options.txt",
                  "rows 10000\nname-length 32000\nmissing 0x0FFF0102\nerror 0x34140102 0x8004011B\nnull 0x3400000B\n"
                  "fewer-values\none-row-at-a-time\napproximate-row-count\n");
    const TestSession session(profile.path());
    mapi::IMAPITable* table = nullptr;
    CHECK_RESULT(session->GetMsgStoresTable(mapi::MAPI_UNICODE, &table), S_OK);
    ULONG count = 0;
    CHECK_RESULT(table->GetRowCount(0, &count), mapi::MAPI_W_APPROX_COUNT);
    CHECK(count == 20000);
    mapi::SRowSet* rows = nullptr;
    CHECK_RESULT(table->QueryRows(100, 0, &rows), S_OK);
    CHECK(rows->cRows == 1 && rows->aRow[0].cValues == 9);
    const mapi::SPropValue* values = rows->aRow[0].lpProps;
    CHECK(values[0].ulPropTag == mapi::PR_NULL);
    CHECK(std::wstring(values[1].Value.lpszW).size() == 32000);
    CHECK(values[2].ulPropTag == 0x0FFF000A && values[2].Value.err == mapi::MAPI_E_NOT_FOUND);
    CHECK(values[4].ulPropTag == 0x3414000A && values[4].Value.err == mapi::MAPI_E_CORRUPT_DATA);
    FreeRows(rows);
    table->Release();
  }
  {
    const InitializedThread initialized;
    const TestProfile profile;
    WriteFileText(profile.path() + L"\\options.txt", "# nothing\nrows many\n");
    const TestSession session(profile.path());
    mapi::IMAPITable* table = nullptr;
    CHECK_RESULT(session->GetMsgStoresTable(0, &table), mapi::MAPI_E_INVALID_PARAMETER);
    CHECK(session.LastError(mapi::MAPI_E_INVALID_PARAMETER) ==
          profile.path() + L"\\options.txt, line 2: rows: not a number: \"many\"");
  }
  CheckNothingIsLeft();
}

CASE("the status table has the profile's name and tells the truth about the spooler") {
  {
    const InitializedThread initialized;
    const TestProfile profile;
    const TestSession session(profile.path());
    mapi::IMAPITable* table = nullptr;
    CHECK_RESULT(session->GetStatusTable(mapi::MAPI_UNICODE, &table), S_OK);
    struct {
      ULONG count = 4;
      ULONG tags[4] = {mapi::PR_RESOURCE_TYPE, mapi::PR_DISPLAY_NAME_W, mapi::PR_STATUS_CODE, mapi::PR_ENTRYID};
    } columns;
    mapi::SRowSet* rows = nullptr;
    CHECK_RESULT(
        TheDll().query_all_rows(table, reinterpret_cast<mapi::SPropTagArray*>(&columns), nullptr, nullptr, 0, &rows),
        S_OK);
    table->Release();
    CHECK(rows->cRows == 2);
    CHECK(static_cast<ULONG>(rows->aRow[0].lpProps[0].Value.l) == mapi::MAPI_SUBSYSTEM);
    CHECK(rows->aRow[0].lpProps[1].Value.lpszW == profile.path());
    CHECK(static_cast<ULONG>(rows->aRow[1].lpProps[2].Value.l) == mapi::STATUS_FAILURE);
    ULONG type = 0;
    ::IUnknown* object = nullptr;
    const mapi::SBinary& id = rows->aRow[1].lpProps[3].Value.bin;
    CHECK_RESULT(session->OpenEntry(id.cb, reinterpret_cast<mapi::ENTRYID*>(id.lpb), nullptr, mapi::MAPI_BEST_ACCESS,
                                    &type, &object),
                 S_OK);
    CHECK(type == mapi::MAPI_STATUS);
    void* status = nullptr;
    CHECK_RESULT(object->QueryInterface(mapi::IID_IMAPIStatus, &status), S_OK);
    CHECK_RESULT(static_cast<mapi::IMAPIStatus*>(status)->FlushQueues(0, 0, nullptr, 0x16), mapi::MAPI_E_NO_SUPPORT);
    static_cast<mapi::IMAPIStatus*>(status)->Release();
    object->Release();
    FreeRows(rows);
  }
  CheckNothingIsLeft();
}

CASE("OpenMsgStore tells malformed, foreign and missing apart, with the path") {
  {
    const InitializedThread initialized;
    const TestProfile profile;
    profile.Folder(L"Post");
    profile.Scripted(L"Bad", "progress \"a\" 1 2\n\nfrob 1\n");
    const TestSession session(profile.path());
    mapi::IMsgStore* store = nullptr;
    CHECK_RESULT(session.TryOpen(L"Post", &store), mapi::MAPI_E_NOT_FOUND);
    CHECK(session.LastError(mapi::MAPI_E_NOT_FOUND) == profile.path() + L"\\Post\\server: no such folder");
    WriteFileText(profile.path() + L"\\Post\\server", "a file");
    CHECK_RESULT(session.TryOpen(L"Post", &store), mapi::MAPI_E_CORRUPT_STORE);
    CHECK_RESULT(session.TryOpen(L"Bad", &store), mapi::MAPI_E_INVALID_PARAMETER);
    CHECK(session.LastError(mapi::MAPI_E_INVALID_PARAMETER) ==
          profile.path() + L"\\Bad\\scenario.txt, line 3: unknown step \"frob\"");
    BYTE bytes[40] = {};
    CHECK_RESULT(session->OpenMsgStore(0, 4, reinterpret_cast<mapi::ENTRYID*>(bytes), nullptr, 0, &store),
                 mapi::MAPI_E_INVALID_ENTRYID);
    CHECK_RESULT(session->OpenMsgStore(0, 40, reinterpret_cast<mapi::ENTRYID*>(bytes), nullptr, 0, &store),
                 mapi::MAPI_E_UNKNOWN_ENTRYID);
    CHECK_RESULT(session->OpenMsgStore(0, 0, nullptr, nullptr, 0, &store), mapi::MAPI_E_INVALID_PARAMETER);
    CHECK(store == nullptr);
  }
  CheckNothingIsLeft();
}

CASE("a store without IMAPISync says so") {
  {
    const InitializedThread initialized;
    const TestProfile profile;
    WriteFileText(profile.Folder(L"Old") + L"\\syncless", "");
    const TestSession session(profile.path());
    mapi::IMsgStore* store = session.Open(L"Old");
    void* sync = &store;
    CHECK_RESULT(store->QueryInterface(mapi::IID_IMAPISync, &sync), E_NOINTERFACE);
    CHECK(sync == nullptr);
    store->Release();
  }
  CheckNothingIsLeft();
}

CASE("a scenario without return is replayed in a thread, then Done, then the event") {
  PlayInBalance("progress \"Inbox\" 1 10\nprogress null 2 10\nerror 0x80040115 \"gone\"\ndone 0x40680\n", S_OK,
                [](Recorder& recorder) {
                  const std::vector<Note> notes = recorder.notes();
                  CHECK(notes.size() == 4);
                  CHECK(notes[0].text == L"Inbox" && notes[0].a == 1 && notes[0].b == 10);
                  CHECK(!notes[1].has_text && notes[1].a == 2);
                  CHECK(notes[2].a == 0x80040115 && notes[2].text == L"gone");
                  CHECK(notes[3].a == 0x40680 && notes[3].handle == recorder.event);
                });
}

CASE("steps in front of return run inside the call") {
  PlayInBalance("progress \"a\" 1 1\ndone 0\nreturn 0\n", S_OK, [](Recorder& recorder) {
    CHECK(recorder.notes().size() == 2);
    CHECK(recorder.notes()[1].handle == recorder.event);
  });
}

CASE("a call that fails leaves no event, but may go on calling") {
  PlayInBalance("progress \"a\" 1 1\nreturn 0x80004005\n", mapi::MAPI_E_CALL_FAILED, [](Recorder& recorder) {
    CHECK(recorder.event == nullptr);
    CHECK(recorder.notes().size() == 1);
  });
}

CASE("a callback that refuses ends the run with MAPI_E_USER_CANCEL") {
  const InitializedThread initialized;
  const TestProfile profile;
  profile.Scripted(L"S", "repeat 1000000 progress \"a\" 1 1\ndone 0\n");
  profile.Scripted(L"Deaf", "option ignore-cancel\nrepeat 100 progress \"a\" 1 1\ndone 0\n");
  const TestSession session(profile.path());
  for (const wchar_t* name : {L"S", L"Deaf"}) {
    mapi::IMsgStore* store = session.Open(name);
    Recorder recorder;
    recorder.answer = mapi::MAPI_E_USER_CANCEL;
    CHECK_RESULT(Synchronize(session, store, &recorder), S_OK);
    WaitForEnd(&recorder);
    const std::vector<Note> notes = recorder.notes();
    const bool is_deaf = name == std::wstring(L"Deaf");
    CHECK(notes.size() == (is_deaf ? 101 : 2));
    CHECK(static_cast<HRESULT>(notes.back().a) == (is_deaf ? S_OK : mapi::MAPI_E_USER_CANCEL));
    CloseHandle(recorder.event);
    store->Release();
  }
}

CASE("Logoff stops what runs and waits for it; a second run meanwhile is MAPI_E_BUSY") {
  {
    const InitializedThread initialized;
    const TestProfile profile;
    profile.Scripted(L"S", "sleep 600000\ndone 0\n");
    TestSession session(profile.path());
    mapi::IMsgStore* store = session.Open(L"S");
    Recorder recorder;
    CHECK_RESULT(Synchronize(session, store, &recorder), S_OK);
    Recorder second;
    CHECK_RESULT(Synchronize(session, store, &second), mapi::MAPI_E_BUSY);
    session.Close();
    WaitForEnd(&recorder);
    CHECK(recorder.notes().size() == 1);
    CHECK(static_cast<HRESULT>(recorder.notes()[0].a) == mapi::MAPI_E_USER_CANCEL);
    CHECK_RESULT(Synchronize(session, store, &second), mapi::MAPI_E_INVALID_OBJECT);
    CHECK(recorder.references == 1 && second.references == 1);
    CloseHandle(recorder.event);
    store->Release();
  }
  CheckNothingIsLeft();
}

CASE("Done may come twice, from two threads, with every kind of handle, and after the event") {
  PlayInBalance("done 0\ndone 0x80004005\n", S_OK,
                [](Recorder& recorder) { CHECK(recorder.Count(Note::Kind::kDone) == 2); });
  PlayInBalance("threads 2 done 0\n", S_OK, [](Recorder& recorder) { CHECK(recorder.Count(Note::Kind::kDone) == 2); });
  PlayInBalance("done 0 other\n", S_OK, [](Recorder& recorder) {
    CHECK(recorder.notes()[0].handle != recorder.event);
    CloseHandle(recorder.notes()[0].handle);
  });
  for (const char* kind : {"null", "invalid", "closed", "garbage"}) {
    PlayInBalance(std::string("signal\ndone 0 ") + kind + "\nprogress \"late\" 1 1\n", S_OK, [](Recorder& recorder) {
      CHECK(recorder.notes().size() == 2);
      CHECK(recorder.notes()[0].handle != recorder.event);
    });
  }
}

CASE("fifty threads call at once") {
  PlayInBalance("threads 50 repeat 1000 progress \"x\" # 1000\ndone 0\n", S_OK,
                [](Recorder& recorder) { CHECK(recorder.Count(Note::Kind::kProgress) == 50000); });
}

CASE("providers with habits: windows, questions, calls in calls") {
  PlayInBalance("pump-message\nquery-callback\nnested\ndone 0\nreturn 0\n", S_OK, [](Recorder& recorder) {
    CHECK(recorder.Count(Note::Kind::kError) == 0);
    CHECK(recorder.Count(Note::Kind::kProgress) == 2);
  });
}

void PumpUntilEnd(Recorder* recorder) {
  while (MsgWaitForMultipleObjects(1, &recorder->event, FALSE, kPatienceMs, QS_ALLINPUT) == WAIT_OBJECT_0 + 1) {
    MSG message;
    while (PeekMessageW(&message, nullptr, 0, 0, PM_REMOVE) != 0) DispatchMessageW(&message);
  }
}

CASE("the thread that opened the store may be asked, while it looks after its messages") {
  {
    const InitializedThread initialized;
    const TestProfile profile;
    profile.Scripted(L"S", "send-message\ndone 0\n");
    TestSession session(profile.path());
    mapi::IMsgStore* store = session.Open(L"S");
    Recorder recorder;
    CHECK_RESULT(Synchronize(session, store, &recorder), S_OK);
    CHECK(WaitForSingleObject(recorder.event, 300) == WAIT_TIMEOUT);
    PumpUntilEnd(&recorder);
    CHECK(recorder.Count(Note::Kind::kDone) == 1);
    CloseHandle(recorder.event);
    store->Release();
  }
  CheckNothingIsLeft();
}

struct Apartment {
  Apartment() { CHECK_RESULT(CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED), S_OK); }
  ~Apartment() { CoUninitialize(); }
};

CASE("what a provider makes on its caller's thread is served while that thread pumps") {
  {
    const InitializedThread initialized;
    const Apartment apartment;
    const TestProfile profile;
    profile.Scripted(L"S",
                     "make window\nmake timer\nmake object\nreturn 0\n"
                     "repeat 2 use window\nrepeat 2 use timer\nrepeat 2 use object\ndone 0\n");
    TestSession session(profile.path());
    mapi::IMsgStore* store = session.Open(L"S");
    Recorder recorder;
    CHECK_RESULT(Synchronize(session, store, &recorder), S_OK);
    PumpUntilEnd(&recorder);
    CHECK(recorder.notes().size() == 1 && recorder.Count(Note::Kind::kDone) == 1);
    WaitForQuiet();
    CloseHandle(recorder.event);
    store->Release();
  }
  CheckNothingIsLeft();
}

CASE("a provider whose caller's thread has gone goes no further") {
  for (const std::string thing : {"window", "timer", "object"}) {
    {
      const InitializedThread initialized;
      const TestProfile profile;
      profile.Scripted(L"S", "make " + thing + "\nreturn 0\nuse " + thing + "\nprogress \"never\" 1 1\ndone 0\n");
      TestSession session(profile.path());
      mapi::IMsgStore* store = session.Open(L"S");
      Recorder recorder;
      std::thread([&] {
        const InitializedThread also_initialized;
        const Apartment apartment;
        CHECK_RESULT(Synchronize(session, store, &recorder), S_OK);
      }).join();
      session.Close();
      WaitForQuiet();
      CHECK_SAY(recorder.Count(Note::Kind::kProgress) == 0, thing);
      CHECK(static_cast<HRESULT>(recorder.notes().back().a) == mapi::MAPI_E_USER_CANCEL);
      CloseHandle(recorder.event);
      store->Release();
    }
    CheckNothingIsLeft();
  }
}

CASE("the callback goes through the global interface table if it has a free-threaded marshaler, else Error says so") {
  for (const bool is_agile : {true, false}) {
    {
      const InitializedThread initialized;
      const Apartment apartment;
      const TestProfile profile;
      profile.Scripted(L"S", "register-callback\nreturn 0\nfetch-callback\nprogress \"fetched\" 1 2\ndone 0\n");
      TestSession session(profile.path());
      mapi::IMsgStore* store = session.Open(L"S");
      Recorder recorder;
      if (is_agile) CHECK_RESULT(CoCreateFreeThreadedMarshaler(&recorder, &recorder.marshaler), S_OK);
      CHECK_RESULT(Synchronize(session, store, &recorder), S_OK);
      PumpUntilEnd(&recorder);
      CHECK(recorder.Count(Note::Kind::kError) == (is_agile ? 0 : 2));
      CHECK(recorder.Count(Note::Kind::kProgress) == 1 && recorder.Count(Note::Kind::kDone) == 1);
      WaitForQuiet();
      CloseHandle(recorder.event);
      if (is_agile) recorder.marshaler->Release();
      CHECK_SAY(recorder.references == 1, std::to_string(recorder.references));
      store->Release();
    }
    CheckNothingIsLeft();
  }
}

CASE("a borrowed callback is never referenced") {
  const InitializedThread initialized;
  const TestProfile profile;
  profile.Scripted(L"S", "option borrow-callback\nsignal\ndone 0\n");
  TestSession session(profile.path());
  mapi::IMsgStore* store = session.Open(L"S");
  Recorder recorder;
  CHECK_RESULT(Synchronize(session, store, &recorder), S_OK);
  WaitForEnd(&recorder);
  CHECK(recorder.references == 1);
  WaitForQuiet();
  CHECK(recorder.references == 1 && recorder.Count(Note::Kind::kDone) == 1);
  CloseHandle(recorder.event);
  store->Release();
}

CASE("options.txt: busy, and entry identifiers that only CompareEntryIDs finds equal") {
  const InitializedThread initialized;
  const TestProfile profile;
  profile.Scripted(L"S", "done 0\n");
  profile.Scripted(L"T", "done 0\n");
  WriteFileText(profile.path() + L"\\options.txt", "busy 2\nalias-entry-ids\n");
  TestSession session(profile.path());
  mapi::IMsgStore* store = session.Open(L"S");
  Recorder recorder;
  CHECK_RESULT(Synchronize(session, store, &recorder), mapi::MAPI_E_BUSY);
  CHECK_RESULT(Synchronize(session, store, &recorder), mapi::MAPI_E_BUSY);
  CHECK_RESULT(Synchronize(session, store, &recorder), S_OK);
  WaitForEnd(&recorder);
  WaitForQuiet();
  CloseHandle(recorder.event);

  mapi::SPropTagArray tags = {1, {mapi::PR_ENTRYID}};
  mapi::SRowSet* const first = session.Rows(&tags);
  mapi::SRowSet* const second = session.Rows(&tags);
  const auto id = [](mapi::SRowSet* rows, ULONG row) { return rows->aRow[row].lpProps[0].Value.bin; };
  const auto are_equal = [&](const mapi::SBinary& one, const mapi::SBinary& other) {
    ULONG from_session = 7;
    ULONG from_store = 7;
    auto* a = reinterpret_cast<mapi::ENTRYID*>(one.lpb);
    auto* b = reinterpret_cast<mapi::ENTRYID*>(other.lpb);
    CHECK_RESULT(session->CompareEntryIDs(one.cb, a, other.cb, b, 0, &from_session), S_OK);
    CHECK_RESULT(store->CompareEntryIDs(one.cb, a, other.cb, b, 0, &from_store), S_OK);
    CHECK(from_session == from_store);
    return from_session != 0;
  };
  CHECK(std::memcmp(id(first, 0).lpb, id(second, 0).lpb, id(first, 0).cb) != 0);
  CHECK(are_equal(id(first, 0), id(second, 0)));
  CHECK(!are_equal(id(first, 0), id(first, 1)));
  FreeRows(first);
  FreeRows(second);
  store->Release();
}

std::string ReadFileText(const std::wstring& path) {
  const HANDLE file = CreateFileW(path.c_str(), GENERIC_READ, FILE_SHARE_READ, nullptr, OPEN_EXISTING, 0, nullptr);
  CHECK(file != INVALID_HANDLE_VALUE);
  char text[1024];
  DWORD size = 0;
  ReadFile(file, text, sizeof(text), &size, nullptr);
  CloseHandle(file);
  return std::string(text, size);
}

CASE("books.json says what has been logged off, and what was called after a fast shutdown") {
  const TestProfile profile;
  WriteFileText(profile.path() + L"\\options.txt", "books\n");
  const auto books = [&](const std::string& name) {
    const std::string text = ReadFileText(profile.path() + L"\\books.json");
    const std::size_t at = text.find('"' + name + "\":");
    CHECK_SAY(at != std::string::npos, text);
    return std::atoi(text.c_str() + at + name.size() + 3);
  };
  const SampleCounters before = Counters();
  {
    const InitializedThread initialized;
    TestSession(profile.path()).Close();
    CHECK(books("logoffs") == before.logoffs + 1 && books("initializations") == 1);
    CHECK(books("fastShutdowns") == 0 && books("callsAfterFastShutdown") == 0);
  }
  CHECK(books("initializations") == 0 && books("uninitializations") == before.uninitializations + 1);

  const InitializedThread initialized;
  TestSession session(profile.path());
  void* shutdown = nullptr;
  CHECK_RESULT(session->QueryInterface(mapi::IID_IMAPIClientShutdown, &shutdown), S_OK);
  CHECK_RESULT(static_cast<mapi::IMAPIClientShutdown*>(shutdown)->DoFastShutdown(), S_OK);
  CHECK(books("fastShutdowns") == 1 && books("callsAfterFastShutdown") == 0);
  static_cast<mapi::IMAPIClientShutdown*>(shutdown)->Release();
  CHECK(books("callsAfterFastShutdown") == 1);
}

CASE("the last Release of a store may call, and flags may be refused") {
  {
    const InitializedThread initialized;
    const TestProfile profile;
    profile.Scripted(L"S", "option call-in-release\noption strict-flags\ndone 0\n");
    TestSession session(profile.path());
    mapi::IMsgStore* store = session.Open(L"S");
    Recorder recorder;
    CHECK_RESULT(Synchronize(session, store, &recorder, 0x1000), mapi::MAPI_E_UNKNOWN_FLAGS);
    CHECK_RESULT(Synchronize(session, store, &recorder), S_OK);
    WaitForEnd(&recorder);
    CloseHandle(recorder.event);
    CHECK(recorder.references == 2);
    store->Release();
    CHECK(recorder.references == 1 && recorder.notes().size() == 4);
  }
  CheckNothingIsLeft();
}

CASE("a mailbox store brings its trees together, and the spooler flushes it") {
  {
    const InitializedThread initialized;
    const TestProfile profile;
    const std::wstring folder = profile.Folder(L"Post");
    for (const wchar_t* tree : {L"server", L"local"}) profile.Folder(std::wstring(L"Post\\") + tree);
    profile.Folder(L"Post\\server\\Inbox");
    WriteFileText(folder + L"\\server\\Inbox\\one.eml", "Subject: one\r\n\r\nbody");
    TestSession session(profile.path(), 0x80000022);
    mapi::IMsgStore* store = session.Open(L"Post");
    Recorder recorder;
    CHECK_RESULT(Synchronize(session, store, &recorder), S_OK);
    WaitForEnd(&recorder);
    CHECK_RESULT(static_cast<HRESULT>(recorder.notes().back().a), S_OK);
    CHECK(recorder.Count(Note::Kind::kProgress) > 0);
    CHECK(GetFileAttributesW((folder + L"\\local\\Inbox\\one.eml").c_str()) != INVALID_FILE_ATTRIBUTES);
    CloseHandle(recorder.event);

    WriteFileText(folder + L"\\server\\Inbox\\two.eml", "Subject: two\r\n\r\nbody");
    mapi::IMAPITable* table = nullptr;
    CHECK_RESULT(session->GetStatusTable(mapi::MAPI_UNICODE, &table), S_OK);
    mapi::SPropTagArray tags = {1, {mapi::PR_ENTRYID}};
    mapi::SRowSet* rows = nullptr;
    CHECK_RESULT(TheDll().query_all_rows(table, &tags, nullptr, nullptr, 0, &rows), S_OK);
    table->Release();
    const mapi::SBinary& spooler = rows->aRow[1].lpProps[0].Value.bin;
    ULONG type = 0;
    ::IUnknown* object = nullptr;
    CHECK_RESULT(session->OpenEntry(spooler.cb, reinterpret_cast<mapi::ENTRYID*>(spooler.lpb), &mapi::IID_IMAPIStatus,
                                    mapi::MAPI_BEST_ACCESS, &type, &object),
                 S_OK);
    FreeRows(rows);
    CHECK_RESULT(static_cast<mapi::IMAPIStatus*>(object)->FlushQueues(0, 0, nullptr, 0x16), S_OK);
    CHECK(GetFileAttributesW((folder + L"\\local\\Inbox\\two.eml").c_str()) != INVALID_FILE_ATTRIBUTES);
    object->Release();
    store->Release();
  }
  CheckNothingIsLeft();
}

CASE("a thread that just ends leaves everything behind, and the log-off does not wait for it") {
  const InitializedThread initialized;
  const TestProfile profile;
  profile.Scripted(L"S", "progress \"a\" 1 1\nend\n");
  TestSession session(profile.path());
  mapi::IMsgStore* store = session.Open(L"S");
  Recorder* recorder = new Recorder;  // never let go
  CHECK_RESULT(Synchronize(session, store, recorder), S_OK);
  for (DWORD waited = 0; waited < kPatienceMs; waited += 10) {
    if (recorder->notes().size() == 1 && Counters().threads == 0) break;
    Sleep(10);
  }
  session.Close();
  store->Release();
  const SampleCounters left = Counters();
  CHECK(left.runs == 1 && left.callback_references == 1 && left.threads == 0);
  CHECK(left.objects[static_cast<int>(ObjectKind::kStore)] == 1);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::printf("usage: sample_dll_test DLL [PART OF A TITLE]\n");
    return 2;
  }
  const int length = MultiByteToWideChar(CP_ACP, 0, argv[1], -1, nullptr, 0);
  dll_path.resize(static_cast<std::size_t>(length));
  MultiByteToWideChar(CP_ACP, 0, argv[1], -1, dll_path.data(), length);
  dll_path.resize(static_cast<std::size_t>(length - 1));
  return mapisync::check::Main(argc - 1, argv + 1);
}
