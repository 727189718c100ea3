#include "sample/script/message_window.h"

namespace mapisync::sample {
namespace {

constexpr wchar_t kClassName[] = L"mapisync sample messages";
constexpr UINT kPing = WM_USER + 1;
constexpr LRESULT kPong = 1;
constexpr UINT kPatienceMs = 100;

LRESULT CALLBACK HandleMessage(HWND window, UINT message, WPARAM word, LPARAM data) {
  if (message == kPing) return kPong;
  return DefWindowProcW(window, message, word, data);
}

HINSTANCE ThisModule() {
  HMODULE module = nullptr;
  GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                     reinterpret_cast<const wchar_t*>(&HandleMessage), &module);
  return module;
}

// Once a process; registering it again fails, which is as good.
void RegisterWindowClass() {
  WNDCLASSEXW window_class = {};
  window_class.cbSize = sizeof(window_class);
  window_class.lpfnWndProc = &HandleMessage;
  window_class.hInstance = ThisModule();
  window_class.lpszClassName = kClassName;
  RegisterClassExW(&window_class);
}

}  // namespace

MessageWindow::MessageWindow() {
  RegisterWindowClass();
  window_ = CreateWindowExW(0, kClassName, L"", 0, 0, 0, 0, 0, HWND_MESSAGE, nullptr, ThisModule(), nullptr);
}

MessageWindow::~MessageWindow() {
  if (window_ == nullptr) return;
  if (GetWindowThreadProcessId(window_, nullptr) == GetCurrentThreadId()) {
    DestroyWindow(window_);
  } else {
    PostMessageW(window_, WM_CLOSE, 0, 0);
  }
}

void MessageWindow::PumpOwnMessage(const StopSignal& stop) {
  if (window_ == nullptr || PostMessageW(window_, kPing, 0, 0) == 0) return;
  while (!stop.is_set()) {
    MsgWaitForMultipleObjectsEx(0, nullptr, kPatienceMs, QS_ALLINPUT, MWMO_INPUTAVAILABLE);
    MSG message;
    while (PeekMessageW(&message, nullptr, 0, 0, PM_REMOVE) != 0) {
      TranslateMessage(&message);
      DispatchMessageW(&message);
      if (message.hwnd == window_ && message.message == kPing) return;
    }
  }
}

bool MessageWindow::AskOwner(const StopSignal& stop) {
  DWORD_PTR answer = 0;
  while (window_ != nullptr && !stop.is_set()) {
    // Asked in portions, so that a thread that never answers does not outlast the stop.
    if (SendMessageTimeoutW(window_, kPing, 0, 0, SMTO_NORMAL, kPatienceMs, &answer) != 0) return true;
    if (GetLastError() == ERROR_INVALID_WINDOW_HANDLE) return false;
  }
  return window_ != nullptr;
}

}  // namespace mapisync::sample
