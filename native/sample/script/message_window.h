#pragma once

#include "mapi/platform.h"
#include "sample/mapi/stop_signal.h"

namespace mapisync::sample {

// A window that is never seen, for messages between a provider's threads. It belongs to the thread that makes it, and
// is answered there only while that thread looks after its messages.
class MessageWindow {
 public:
  MessageWindow();
  // Any thread: a window can be destroyed by its own thread alone, so another one asks for it.
  ~MessageWindow();
  MessageWindow(const MessageWindow&) = delete;
  MessageWindow& operator=(const MessageWindow&) = delete;

  bool is_there() const { return window_ != nullptr; }

  // The window's thread: posts a message to the window and handles messages until it has come.
  void PumpOwnMessage(const StopSignal& stop);
  // Another thread: waits until the window's thread has answered, or `stop` is set. False where there is no window, or
  // no longer.
  bool AskOwner(const StopSignal& stop);

 private:
  HWND window_ = nullptr;
};

}  // namespace mapisync::sample
