#include "engine/imapisync/done_event.h"

#include <cstdint>

#include "windows/system_function.h"

namespace mapisync {

namespace {

// NULL says that there is none; the pseudo handles, small negative numbers such as INVALID_HANDLE_VALUE, name this
// process, this thread or a token, whoever says them.
bool IsReal(HANDLE handle) {
  constexpr std::intptr_t kLowestPseudoHandle = -6;
  const auto number = reinterpret_cast<std::intptr_t>(handle);
  return number != 0 && (number > 0 || number < kLowestPseudoHandle);
}

// Since Windows 10. Where there is none, nothing is known to be the same.
bool IsSameObject(HANDLE one, HANDLE other) {
  using CompareObjectHandlesFunction = BOOL WINAPI(HANDLE, HANDLE);
  static auto* const compare = SystemFunction<CompareObjectHandlesFunction>(L"kernelbase.dll", "CompareObjectHandles");
  return compare != nullptr && compare(one, other) != FALSE;
}

}  // namespace

void DoneEvent::Watch(HANDLE event) {
  if (!IsReal(event)) return;
  const std::lock_guard lock(mutex_);
  if (duplicate_ != nullptr || (done_ && event != handed_back_)) return;
  const HANDLE process = GetCurrentProcess();
  if (!DuplicateHandle(process, event, process, &duplicate_, SYNCHRONIZE, FALSE, 0)) {
    duplicate_ = nullptr;
    return;
  }
  // From here on the signal counts, so it must be said before it can come.
  watched_.store(true);
  constexpr ULONG kFlags = WT_EXECUTEONLYONCE | WT_EXECUTEDEFAULT;
  if (!RegisterWaitForSingleObject(&wait_, duplicate_, &DoneEvent::OnWait, this, INFINITE, kFlags)) {
    wait_ = nullptr;
    watched_.store(false);
  }
}

void DoneEvent::HandBack(HANDLE event) {
  const std::lock_guard lock(mutex_);
  done_ = true;
  if (IsReal(event)) handed_back_ = event;
}

void CALLBACK DoneEvent::OnWait(void* context, BOOLEAN /*timed_out*/) {
  auto* self = static_cast<DoneEvent*>(context);
  self->signalled_.store(true);
  self->on_signalled_();
}

void DoneEvent::Close() {
  HANDLE wait = nullptr;
  {
    const std::lock_guard lock(mutex_);
    wait = std::exchange(wait_, nullptr);
  }
  // Returns when the callback is over.
  if (wait != nullptr) UnregisterWaitEx(wait, INVALID_HANDLE_VALUE);

  const std::lock_guard lock(mutex_);
  if (duplicate_ == nullptr) return;
  if (handed_back_ != nullptr && IsSameObject(handed_back_, duplicate_)) CloseHandle(handed_back_);
  handed_back_ = nullptr;
  CloseHandle(duplicate_);
  duplicate_ = nullptr;
}

}  // namespace mapisync
