// What mapisync is measured against, and what it is measured with: a MAPI client of its own for the same DLL.
//
//   new Store(dll, profile)   the profile's default store; synchronize(listener?) answers a promise, close()
//   sampleCounters(dll)       { repeatCalls, repeatNs, threads }, as the sample counts them
//   emptyCallCost(calls)      ns of a call of the empty callback, without a provider
//   threadCount()             of this process
#include <napi.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>

#include "default_store.h"
#include "empty_callback.h"
#include "process_threads.h"
#include "sample/mapi/live_counters.h"
#include "synchronization.h"

namespace bench {

namespace {

std::wstring TextOf(const Napi::Value& value) {
  const std::u16string text = value.As<Napi::String>().Utf16Value();
  return {text.begin(), text.end()};
}

class Store : public Napi::ObjectWrap<Store> {
 public:
  explicit Store(const Napi::CallbackInfo& info) : ObjectWrap(info) {
    try {
      store_ = std::make_unique<DefaultStore>(TextOf(info[0]), TextOf(info[1]));
    } catch (const std::runtime_error& failure) {
      throw Napi::Error::New(info.Env(), failure.what());
    }
  }

  static Napi::Function DefineClass(Napi::Env env) {
    return ObjectWrap::DefineClass(
        env, "Store", {InstanceMethod("synchronize", &Store::Synchronize), InstanceMethod("close", &Store::Close)});
  }

 private:
  Napi::Value Synchronize(const Napi::CallbackInfo& info) {
    return Synchronization::Begin(info.Env(), *store_, info[0]);
  }
  void Close(const Napi::CallbackInfo& /*info*/) { store_.reset(); }

  std::unique_ptr<DefaultStore> store_;
};

Napi::Value SampleCounters(const Napi::CallbackInfo& info) {
  HMODULE sample = GetModuleHandleW(TextOf(info[0]).c_str());
  using Read = void STDMETHODCALLTYPE(mapisync::sample::SampleCounters*);
  auto* read = reinterpret_cast<Read*>(reinterpret_cast<void*>(GetProcAddress(sample, "MapisyncSampleCounters")));
  if (read == nullptr) throw Napi::Error::New(info.Env(), "this DLL is not the sample, or not loaded");
  mapisync::sample::SampleCounters counters;
  read(&counters);
  Napi::Object object = Napi::Object::New(info.Env());
  object.Set("repeatCalls", static_cast<double>(counters.repeat_calls));
  object.Set("repeatNs", static_cast<double>(counters.repeat_ns));
  object.Set("threads", static_cast<double>(counters.threads));
  return object;
}

Napi::Value EmptyCallCost(const Napi::CallbackInfo& info) {
  const std::uint32_t calls = info[0].As<Napi::Number>().Uint32Value();
  // Through a variable that the compiler cannot see through, as a provider's pointer would be.
  mapi::IMAPISyncProgressCallback* volatile pointer = new EmptyCallback(nullptr);
  mapi::IMAPISyncProgressCallback* const callback = pointer;
  const auto begin = std::chrono::steady_clock::now();
  for (std::uint32_t i = 0; i < calls; ++i) callback->Progress(L"Synchronising Inbox 12 of 40", i, calls);
  const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - begin;
  callback->Release();
  return Napi::Number::New(info.Env(), took.count() / calls);
}

Napi::Value ThreadCount(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), CountThreads()); }

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  exports.Set("Store", Store::DefineClass(env));
  exports.Set("sampleCounters", Napi::Function::New(env, SampleCounters, "sampleCounters"));
  exports.Set("emptyCallCost", Napi::Function::New(env, EmptyCallCost, "emptyCallCost"));
  exports.Set("threadCount", Napi::Function::New(env, ThreadCount, "threadCount"));
  return exports;
}

}  // namespace

NODE_API_MODULE(mapisync_bench, Init)

}  // namespace bench
