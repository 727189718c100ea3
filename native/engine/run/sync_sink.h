// What the provider's calls of IMAPISyncProgressCallback come to: notes in the event channel, and the answer that it
// gets. Portable; the COM object around it is progress_callback.h. All of it: any thread, several at once, before,
// during and after the run.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "engine/hresult.h"
#include "events/event_channel.h"

namespace mapisync {

// The run behind the calls. Called on the provider's thread, under no lock.
class SyncSinkOwner {
 public:
  virtual ~SyncSinkOwner() = default;
  // The first Done. `event` is the handle that came with it, not looked at.
  virtual void OnDone(std::uint32_t hresult, void* event) noexcept = 0;
  // The provider was held for the reader as long as is allowed.
  virtual void OnReaderStalled() noexcept = 0;
  // The provider has dropped its last reference, for now.
  virtual void OnUnreferenced() noexcept = 0;
};

class SyncSink {
 public:
  SyncSink(std::shared_ptr<EventChannel> channel, std::weak_ptr<SyncSinkOwner> owner)
      : channel_(std::move(channel)), owner_(std::move(owner)) {}

  // The HRESULTs that the provider gets. A refused sink answers MAPI_E_USER_CANCEL; calls after Done are dropped
  // quietly.
  std::uint32_t Progress(const char16_t* text, std::uint32_t index, std::uint32_t max) noexcept {
    if (state_.load(std::memory_order_acquire) != 0) return LateAnswer();
    return Answer(channel_->Progress(text, index, max));
  }
  std::uint32_t Error(std::uint32_t hresult, const char16_t* text) noexcept {
    if (state_.load(std::memory_order_acquire) != 0) return LateAnswer();
    return Answer(channel_->Problem(hresult, text));
  }
  std::uint32_t Done(std::uint32_t hresult, void* event) noexcept;
  void Unreferenced() noexcept;

  // From our side. Refuse: the provider is to stop. Close: the run has ended by itself; late calls are dropped.
  void Refuse() noexcept { state_.fetch_or(kRefused | kClosed, std::memory_order_acq_rel); }
  void Close() noexcept { state_.fetch_or(kClosed, std::memory_order_acq_rel); }

 private:
  static constexpr std::uint8_t kClosed = 1;
  static constexpr std::uint8_t kRefused = 2;
  static constexpr std::uint8_t kDone = 4;

  std::uint32_t Answer(NoteResult result) noexcept {
    return result == NoteResult::kTaken ? kOk : AnswerUntaken(result);
  }
  std::uint32_t AnswerUntaken(NoteResult result) noexcept;
  std::uint32_t LateAnswer() const noexcept;

  const std::shared_ptr<EventChannel> channel_;
  const std::weak_ptr<SyncSinkOwner> owner_;
  std::atomic<std::uint8_t> state_{0};
};

}  // namespace mapisync
