#include "engine/run/sync_sink.h"

namespace mapisync {

std::uint32_t SyncSink::Done(std::uint32_t hresult, void* event) noexcept {
  const std::uint8_t before = state_.fetch_or(kDone | kClosed, std::memory_order_acq_rel);
  if ((before & kDone) == 0) {
    if (const auto owner = owner_.lock()) owner->OnDone(hresult, event);
  }
  return kOk;
}

void SyncSink::Unreferenced() noexcept {
  if (const auto owner = owner_.lock()) owner->OnUnreferenced();
}

std::uint32_t SyncSink::AnswerUntaken(NoteResult result) noexcept {
  if (result == NoteResult::kHoldExpired) {
    Refuse();
    if (const auto owner = owner_.lock()) owner->OnReaderStalled();
  }
  // The run may have been cancelled while the provider was held.
  return LateAnswer();
}

std::uint32_t SyncSink::LateAnswer() const noexcept {
  return (state_.load(std::memory_order_acquire) & kRefused) != 0 ? kUserCancel : kOk;
}

}  // namespace mapisync
