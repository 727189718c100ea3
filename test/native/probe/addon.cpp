// What tests need to know about the process that they run in, and cannot ask JavaScript. For tests alone: never
// shipped.
#include <napi.h>

#include "console_break.h"
#include "process_use.h"
#include "sample_counters.h"

namespace mapisync::probe {

namespace {

// The counters by name, or null while the sample is not loaded.
Napi::Value Counters(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const auto counters = ReadSampleCounters();
  if (!counters) return env.Null();
  constexpr const char* kKinds[sample::kObjectKinds] = {"sessions", "stores", "tables", "statusObjects",
                                                        "profileAdmins"};
  auto object = Napi::Object::New(env);
  for (int i = 0; i < sample::kObjectKinds; ++i) object.Set(kKinds[i], counters->objects[i]);
  object.Set("references", counters->references);
  object.Set("runs", counters->runs);
  object.Set("threads", counters->threads);
  object.Set("allocations", counters->allocations);
  object.Set("initializations", counters->initializations);
  object.Set("callbackReferences", counters->callback_references);
  return object;
}

template <auto kRead>
Napi::Value Number(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(kRead()));
}

Napi::Value ControlC(const Napi::CallbackInfo& info) { return Napi::Boolean::New(info.Env(), PressControlC()); }

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  exports.Set("counters", Napi::Function::New(env, Counters, "counters"));
  exports.Set("handles", Napi::Function::New(env, Number<CountHandles>, "handles"));
  exports.Set("threads", Napi::Function::New(env, Number<CountThreads>, "threads"));
  exports.Set("heapBytes", Napi::Function::New(env, Number<HeapBytes>, "heapBytes"));
  exports.Set("pressControlC", Napi::Function::New(env, ControlC, "pressControlC"));
  return exports;
}

}  // namespace

NODE_API_MODULE(probe, Init)

}  // namespace mapisync::probe
