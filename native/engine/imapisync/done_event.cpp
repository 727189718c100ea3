#include "engine/imapisync/done_event.h"

#include "windows/system_function.h"

namespace mapisync {

namespace {

// Since Windows 10. Where there is none, nothing is known to be the same.
bool IsSameObject(HANDLE one, HANDLE other) {
  using CompareObjectHandlesFunction = BOOL WINAPI(HANDLE, HANDLE);
  static auto* const compare = SystemFunction<CompareObjectHandlesFunction>(L"kernelbase.dll", "CompareObjectHandles");
  return compare != nullptr && compare(one, other) != FALSE;
}

}  // namespace

void DoneEvent::Watch(HANDLE event) noexcept {
  const std::lock_guard lock(mutex_);
  if (!state_.MayWatch(event)) return;
  const HANDLE process = GetCurrentProcess();
  if (!DuplicateHandle(process, event, process, &duplicate_, SYNCHRONIZE, FALSE, 0)) {
    duplicate_ = nullptr;
    return;
  }
  state_.SetWatched();
  // The signal may come as soon as the wait is registered, and must count then.
  watched_.store(true);
  constexpr ULONG kFlags = WT_EXECUTEONLYONCE | WT_EXECUTEDEFAULT;
  if (!RegisterWaitForSingleObject(&wait_, duplicate_, &DoneEvent::OnWait, this, INFINITE, kFlags)) {
    wait_ = nullptr;
    watched_.store(false);
  }
}

void DoneEvent::HandBack(HANDLE event) noexcept {
  const std::lock_guard lock(mutex_);
  state_.HandBack(event);
}

void CALLBACK DoneEvent::OnWait(void* context, BOOLEAN /*timed_out*/) {
  auto* self = static_cast<DoneEvent*>(context);
  self->signalled_.store(true);
  self->on_signalled_();
}

void DoneEvent::Close() noexcept {
  HANDLE wait = nullptr;
  HANDLE duplicate = nullptr;
  HANDLE handed_back = nullptr;
  {
    const std::lock_guard lock(mutex_);
    handed_back = state_.Close();
    wait = std::exchange(wait_, nullptr);
    duplicate = std::exchange(duplicate_, nullptr);
  }
  // Returns when the callback is over.
  if (wait != nullptr) UnregisterWaitEx(wait, INVALID_HANDLE_VALUE);
  if (duplicate == nullptr) return;
  if (handed_back != nullptr && IsSameObject(handed_back, duplicate)) CloseHandle(handed_back);
  CloseHandle(duplicate);
}

}  // namespace mapisync
