#include "windows/module_pin.h"

#include <windows.h>

namespace mapisync {

void PinThisModule() {
  HMODULE module = nullptr;
  // Cannot fail for an address of a loaded module.
  GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                     reinterpret_cast<const wchar_t*>(&PinThisModule), &module);
}

}  // namespace mapisync
