#pragma once

#include "mapi/platform.h"

namespace mapisync::sample {

// The event that is signalled when a synchronisation's thread is finished. Its handle goes to the client, who may close
// it from the moment it is handed back in Done; so the provider signals through a duplicate. Any thread.
class DoneEvent {
 public:
  DoneEvent() = default;
  ~DoneEvent();
  DoneEvent(const DoneEvent&) = delete;
  DoneEvent& operator=(const DoneEvent&) = delete;

  enum class Reset { kManual, kAuto };
  // False where there are no more handles.
  bool Create(Reset reset);

  // What the client gets; NULL without a Create.
  HANDLE handle() const { return handle_; }
  void Signal();
  // Closes what the client would have got, where it has not got it.
  void CloseHandleOfClient();

 private:
  HANDLE handle_ = nullptr;
  HANDLE duplicate_ = nullptr;
};

}  // namespace mapisync::sample
