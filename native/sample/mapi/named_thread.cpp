#include "sample/mapi/named_thread.h"

#include <windows.h>

#include <memory>
#include <utility>

#include "sample/mapi/live_counters.h"

namespace mapisync::sample {
namespace {

// 500 stores at once are 500 threads: Windows' usual megabyte each would not fit a 32-bit process.
constexpr SIZE_T kStackBytes = 256 * 1024;

void PinModule() {
  HMODULE module = nullptr;
  GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                     reinterpret_cast<const wchar_t*>(&PinModule), &module);
}

// Windows 10 has it, and not every Windows that loads this DLL.
void NameThread(HANDLE thread, const wchar_t* name) {
  using SetThreadDescriptionType = HRESULT(WINAPI*)(HANDLE, const wchar_t*);
  static const auto set_description = reinterpret_cast<SetThreadDescriptionType>(
      reinterpret_cast<void*>(GetProcAddress(GetModuleHandleW(L"kernel32.dll"), "SetThreadDescription")));
  if (set_description != nullptr) set_description(thread, name);
}

DWORD WINAPI RunBody(void* parameter) {
  const std::unique_ptr<std::function<void()>> body(static_cast<std::function<void()>*>(parameter));
  (*body)();
  return 0;
}

}  // namespace

bool StartThread(const wchar_t* name, std::function<void()> body) {
  PinModule();
  auto parameter = std::make_unique<std::function<void()>>(std::move(body));
  const HANDLE thread =
      CreateThread(nullptr, kStackBytes, &RunBody, parameter.get(), STACK_SIZE_PARAM_IS_A_RESERVATION, nullptr);
  if (thread == nullptr) return false;
  static_cast<void>(parameter.release());  // the thread's now
  NameThread(thread, name);
  CloseHandle(thread);
  return true;
}

ThreadCount::ThreadCount() noexcept { Live().threads.fetch_add(1, std::memory_order_relaxed); }

ThreadCount::~ThreadCount() { Live().threads.fetch_sub(1, std::memory_order_relaxed); }

}  // namespace mapisync::sample
