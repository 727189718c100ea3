#include "sample_counters.h"

#include <windows.h>

namespace mapisync::probe {

std::optional<sample::SampleCounters> ReadSampleCounters() {
  using Read = void(WINAPI*)(sample::SampleCounters*);
  const HMODULE sample = GetModuleHandleW(L"mapisync-sample.dll");
  if (sample == nullptr) return std::nullopt;
  // By way of void(*)(), which GCC and Visual C++ both take for a function of any type.
  const auto read =
      reinterpret_cast<Read>(reinterpret_cast<void (*)()>(GetProcAddress(sample, "MapisyncSampleCounters")));
  if (read == nullptr) return std::nullopt;
  sample::SampleCounters counters;
  read(&counters);
  return counters;
}

}  // namespace mapisync::probe
