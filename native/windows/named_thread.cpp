#include "windows/named_thread.h"

#include <process.h>
#include <windows.h>

#include <cstdint>
#include <memory>
#include <utility>

#include "windows/module_pin.h"
#include "windows/system_function.h"

namespace mapisync {

namespace {

struct Start {
  const wchar_t* name;
  std::function<void()> body;
};

unsigned __stdcall Run(void* parameter) {
  const std::unique_ptr<Start> start(static_cast<Start*>(parameter));
  // Since Windows 10 1607.
  using SetThreadDescriptionFunction = HRESULT WINAPI(HANDLE, PCWSTR);
  const auto set_description = SystemFunction<SetThreadDescriptionFunction>(L"kernelbase.dll", "SetThreadDescription");
  if (set_description != nullptr) set_description(GetCurrentThread(), start->name);
  start->body();
  return 0;
}

}  // namespace

bool StartThread(const wchar_t* name, std::function<void()> body, std::size_t stack_bytes) {
  PinThisModule();
  auto start = std::make_unique<Start>(Start{name, std::move(body)});
  const auto thread = reinterpret_cast<HANDLE>(_beginthreadex(nullptr, static_cast<unsigned>(stack_bytes), &Run,
                                                              start.get(), STACK_SIZE_PARAM_IS_A_RESERVATION, nullptr));
  if (thread == nullptr) return false;
  static_cast<void>(start.release());
  CloseHandle(thread);
  return true;
}

}  // namespace mapisync
