// A Win32 event.
#pragma once

#include <windows.h>

#include <new>

namespace mapisync {

class EventHandle {
 public:
  enum class Reset { kManual, kAuto };

  explicit EventHandle(Reset reset) : handle_(CreateEventW(nullptr, reset == Reset::kManual, FALSE, nullptr)) {
    if (handle_ == nullptr) throw std::bad_alloc();
  }
  ~EventHandle() { CloseHandle(handle_); }
  EventHandle(const EventHandle&) = delete;
  EventHandle& operator=(const EventHandle&) = delete;

  HANDLE get() const { return handle_; }
  void Set() const { SetEvent(handle_); }

 private:
  const HANDLE handle_;
};

}  // namespace mapisync
