#include "sample/script/caller_thread.h"

#include <objbase.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <utility>

#include "sample/mapi/com_object.h"

namespace mapisync::sample {
namespace {

constexpr UINT kTimerMs = 10;
constexpr GUID kIidPersist = {0x0000010C, 0x0000, 0x0000, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};
constexpr GUID kIidGlobalInterfaceTable = {0x00000146, 0x0000, 0x0000, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};
constexpr GUID kClsidGlobalInterfaceTable = {0x00000323, 0x0000, 0x0000, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};

HRESULT OpenGlobalTable(ComPtr<IGlobalInterfaceTable>* table) {
  void* object = nullptr;
  const HRESULT created =
      CoCreateInstance(kClsidGlobalInterfaceTable, nullptr, CLSCTX_INPROC_SERVER, kIidGlobalInterfaceTable, &object);
  if (SUCCEEDED(created)) *table = ComPtr<IGlobalInterfaceTable>::Adopt(static_cast<IGlobalInterfaceTable*>(object));
  return created;
}

// IPersist, since Windows has a proxy for it.
class PersistObject final : public IPersist {
 public:
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override {
    static constexpr GUID kKnown[] = {kIidUnknown, kIidPersist};
    return AnswerQuery(static_cast<IPersist*>(this), iid, kKnown, object);
  }
  ULONG STDMETHODCALLTYPE AddRef() noexcept override { return ++references_; }
  ULONG STDMETHODCALLTYPE Release() noexcept override {
    const ULONG left = --references_;
    if (left == 0) delete this;
    return left;
  }
  HRESULT STDMETHODCALLTYPE GetClassID(CLSID* id) noexcept override {
    *id = {};
    return GetCurrentThreadId() == thread_ ? S_OK : RPC_E_WRONG_THREAD;
  }

 private:
  ~PersistObject() = default;

  std::atomic<ULONG> references_{1};
  const DWORD thread_ = GetCurrentThreadId();
};

}  // namespace

// A timer without a window: Windows calls its function on the thread that has made it, while that dispatches messages.
class ThreadTimer {
 public:
  bool Start() {
    const std::lock_guard lock(Mutex());
    id_ = SetTimer(nullptr, 0, kTimerMs, &OnTick);
    if (id_ != 0) Running()[key()] = this;
    return id_ != 0;
  }
  ~ThreadTimer() {
    const std::lock_guard lock(Mutex());
    if (id_ != 0) Running().erase(key());
  }

  // Any thread: waits for the next tick.
  bool Use(StopSignal& stop) {
    constexpr std::uint32_t kLookMs = 10;
    for (const std::uint32_t before = ticks_.load(); ticks_.load() == before;) {
      if (stop.is_set()) return true;
      stop.WaitFor(kLookMs);
    }
    return true;
  }

 private:
  using Key = std::pair<DWORD, UINT_PTR>;

  // Its own thread alone can stop a timer: a tick of one that is no longer running does.
  static void CALLBACK OnTick(HWND, UINT, UINT_PTR id, DWORD) {
    const std::lock_guard lock(Mutex());
    const auto found = Running().find({GetCurrentThreadId(), id});
    if (found == Running().end()) {
      KillTimer(nullptr, id);
    } else {
      found->second->ticks_.fetch_add(1);
    }
  }
  static std::mutex& Mutex() {
    static std::mutex& mutex = *new std::mutex;  // never destroyed
    return mutex;
  }
  static std::map<Key, ThreadTimer*>& Running() {
    static auto& running = *new std::map<Key, ThreadTimer*>;  // never destroyed
    return running;
  }
  Key key() const { return {thread_, id_}; }

  const DWORD thread_ = GetCurrentThreadId();
  UINT_PTR id_ = 0;
  std::atomic<std::uint32_t> ticks_{0};
};

// A COM object that belongs to one apartment, and another apartment's way to it.
class ApartmentObject {
 public:
  // The object's thread.
  HRESULT Start() {
    const auto object = ComPtr<IPersist>::Adopt(new PersistObject);
    IStream* stream = nullptr;
    const HRESULT marshalled = CoMarshalInterThreadInterfaceInStream(kIidPersist, object.get(), &stream);
    if (SUCCEEDED(marshalled)) stream_ = ComPtr<IStream>::Adopt(stream);
    return marshalled;
  }
  ~ApartmentObject() {
    if (!stream_) return;
    // Nobody has used the object: what was marshalled has to be taken back.
    stream_->Seek({}, STREAM_SEEK_SET, nullptr);
    CoReleaseMarshalData(stream_.get());
  }

  // A thread of another apartment; always the same one.
  bool Use() {
    if (stream_) {
      void* proxy = nullptr;
      if (FAILED(CoGetInterfaceAndReleaseStream(stream_.Detach(), kIidPersist, &proxy))) return false;
      proxy_ = ComPtr<IPersist>::Adopt(static_cast<IPersist*>(proxy));
    }
    CLSID id = {};
    return proxy_ && SUCCEEDED(proxy_->GetClassID(&id));
  }

 private:
  ComPtr<IStream> stream_;
  ComPtr<IPersist> proxy_;
};

CallerThread::CallerThread() = default;
CallerThread::~CallerThread() = default;

HRESULT CallerThread::Make(StepThing thing) {
  switch (thing) {
    case StepThing::kWindow:
      window_ = std::make_unique<MessageWindow>();
      return window_->is_there() ? S_OK : mapi::MAPI_E_NOT_ENOUGH_RESOURCES;
    case StepThing::kTimer:
      timer_ = std::make_unique<ThreadTimer>();
      return timer_->Start() ? S_OK : mapi::MAPI_E_NOT_ENOUGH_RESOURCES;
    case StepThing::kObject:
      object_ = std::make_unique<ApartmentObject>();
      return object_->Start();
  }
  return E_UNEXPECTED;
}

bool CallerThread::Use(StepThing thing, StopSignal& stop) {
  switch (thing) {
    case StepThing::kWindow:
      return window_ != nullptr && window_->AskOwner(stop);
    case StepThing::kTimer:
      return timer_ != nullptr && timer_->Use(stop);
    case StepThing::kObject:
      return object_ != nullptr && object_->Use();
  }
  return false;
}

void CallerThread::Clear() {
  window_.reset();
  timer_.reset();
  object_.reset();
}

HRESULT GlobalCallback::Register(mapi::IMAPISyncProgressCallback* callback) {
  ComPtr<IGlobalInterfaceTable> table;
  const HRESULT opened = OpenGlobalTable(&table);
  if (FAILED(opened)) return opened;
  return table->RegisterInterfaceInGlobal(callback, mapi::IID_IMAPISyncProgressCallback, &cookie_);
}

HRESULT GlobalCallback::Fetch(mapi::IMAPISyncProgressCallback** callback) {
  ComPtr<IGlobalInterfaceTable> table;
  const HRESULT opened = OpenGlobalTable(&table);
  if (FAILED(opened)) return opened;
  void* object = nullptr;
  const HRESULT got = table->GetInterfaceFromGlobal(cookie_, mapi::IID_IMAPISyncProgressCallback, &object);
  if (SUCCEEDED(got)) *callback = static_cast<mapi::IMAPISyncProgressCallback*>(object);
  return got;
}

void GlobalCallback::Revoke() {
  ComPtr<IGlobalInterfaceTable> table;
  if (cookie_ != 0 && SUCCEEDED(OpenGlobalTable(&table))) table->RevokeInterfaceFromGlobal(std::exchange(cookie_, 0));
}

Multithreaded::Multithreaded() : result_(CoInitializeEx(nullptr, COINIT_MULTITHREADED)) {}

Multithreaded::~Multithreaded() {
  if (SUCCEEDED(result_)) CoUninitialize();
}

}  // namespace mapisync::sample
