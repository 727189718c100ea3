#include "sample/mapi/done_event.h"

#include <utility>

namespace mapisync::sample {

DoneEvent::~DoneEvent() {
  if (duplicate_ != nullptr) CloseHandle(duplicate_);
}

bool DoneEvent::Create(Reset reset) {
  handle_ = CreateEventW(nullptr, reset == Reset::kManual ? TRUE : FALSE, FALSE, nullptr);
  if (handle_ == nullptr) return false;
  const HANDLE process = GetCurrentProcess();
  if (DuplicateHandle(process, handle_, process, &duplicate_, 0, FALSE, DUPLICATE_SAME_ACCESS) != 0) return true;
  duplicate_ = nullptr;
  CloseHandleOfClient();
  return false;
}

void DoneEvent::Signal() {
  if (duplicate_ != nullptr) SetEvent(duplicate_);
}

void DoneEvent::CloseHandleOfClient() {
  if (const HANDLE handle = std::exchange(handle_, nullptr)) CloseHandle(handle);
}

}  // namespace mapisync::sample
