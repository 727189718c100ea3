// Functions that not every supported Windows has.
#pragma once

#include <windows.h>

namespace mapisync {

// Any thread. `module` is one that is always loaded. Null where there is no such function.
template <typename Function>
Function* SystemFunction(const wchar_t* module, const char* name) {
  const HMODULE handle = GetModuleHandleW(module);
  if (handle == nullptr) return nullptr;
  // By way of a plain function pointer, as the cast of a FARPROC is one between unrelated types.
  return reinterpret_cast<Function*>(reinterpret_cast<void (*)()>(GetProcAddress(handle, name)));
}

}  // namespace mapisync
