// Which handles of a run's thread-done event are watched, and which is closed: the decisions, without Windows.
// Portable; the caller holds a lock.
#pragma once

#include <cstdint>
#include <utility>

namespace mapisync {

class DoneEventState {
 public:
  // NULL means that there is no event. The pseudo handles, which are small negative numbers such as
  // INVALID_HANDLE_VALUE, name the current process, thread or token of whoever uses them.
  static bool IsReal(void* handle) {
    constexpr std::intptr_t kLowestPseudoHandle = -6;
    const auto number = reinterpret_cast<std::intptr_t>(handle);
    return number != 0 && (number > 0 || number < kLowestPseudoHandle);
  }

  // The first real handle that can be watched is watched. Once Done has come, only the handle that it brought may be:
  // the provider keeps any other, and may have closed it by now, so that its number may name a stranger's object.
  bool MayWatch(void* handle) const {
    return !closed_ && !watched_ && IsReal(handle) && (!done_ || handle == handed_back_);
  }
  void SetWatched() { watched_ = true; }

  // Done has come and brought this handle for us to close.
  void HandBack(void* handle) {
    done_ = true;
    if (!closed_ && IsReal(handle)) handed_back_ = handle;
  }

  // From now on nothing is watched any more. Answers the handle to close, if it is still the object that was watched;
  // NULL if there is none.
  void* Close() {
    closed_ = true;
    return std::exchange(handed_back_, nullptr);
  }

 private:
  bool closed_ = false;
  bool watched_ = false;
  bool done_ = false;
  void* handed_back_ = nullptr;
};

}  // namespace mapisync
