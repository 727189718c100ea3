// A thread in a single-threaded apartment pumps messages while it waits: calls into its objects, and MAPI's
// notifications, come as messages.
#pragma once

#include <windows.h>

namespace mapisync {

// Dispatches what is there.
inline void DispatchMessages() {
  MSG message;
  while (PeekMessageW(&message, nullptr, 0, 0, PM_REMOVE)) {
    TranslateMessage(&message);
    DispatchMessageW(&message);
  }
}

// Returns when the handle is signalled.
inline void WaitPumping(HANDLE handle) {
  while (MsgWaitForMultipleObjectsEx(1, &handle, INFINITE, QS_ALLINPUT, MWMO_INPUTAVAILABLE) == WAIT_OBJECT_0 + 1) {
    DispatchMessages();
  }
}

}  // namespace mapisync
