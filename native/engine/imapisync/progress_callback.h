// The IMAPISyncProgressCallback of one run, and all that the provider is given with it: the MAPISIB, the place for the
// event's handle, the session.
//
// Single inheritance, so that a pointer to it is at the same time what QueryInterface would answer: some providers cast
// instead. It belongs to no apartment: providers call it raw, from any thread, and what COM marshals for them (the
// global interface table, say) is the raw pointer again, by the free-threaded marshaler.
//
// It belongs to the provider as much as to us. Our own hold is apart from the COM count, so that a provider which
// releases once too often takes nothing away under us; the object goes when we have let it go and the provider's
// references are gone, whichever comes last, on whichever thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "engine/run/sync_sink.h"
#include "mapi/mapi.h"
#include "windows/com_ptr.h"

namespace mapisync {

class ProgressCallback final : public mapi::IMAPISyncProgressCallback {
 public:
  // What the MAPISIB is filled with.
  struct CallbackArguments {
    std::uint32_t flags = 0;
    mapi::IMAPISession* session = nullptr;
  };

  // Held by us until LetGo.
  ProgressCallback(const CallbackArguments& arguments, std::shared_ptr<SyncSink> sink) noexcept;
  ProgressCallback(const ProgressCallback&) = delete;
  ProgressCallback& operator=(const ProgressCallback&) = delete;

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override;
  ULONG STDMETHODCALLTYPE AddRef() noexcept override;
  ULONG STDMETHODCALLTYPE Release() noexcept override;
  HRESULT STDMETHODCALLTYPE Progress(const WCHAR* text, ULONG index, ULONG max) noexcept override;
  HRESULT STDMETHODCALLTYPE Error(HRESULT result, const WCHAR* text) noexcept override;
  HRESULT STDMETHODCALLTYPE Done(HANDLE thread_done_event, HRESULT result) noexcept override;

  // What SynchronizeInBackground is called with. Unchanged by us from then on.
  mapi::MAPISIB* request() { return &request_; }
  // Between two calls, for a provider that is busy. What it has put there with a failure does not count.
  void ForgetDoneEvent() { done_event_ = nullptr; }
  // Any thread. What the provider has put there, NULL if nothing.
  HANDLE done_event() const { return *static_cast<HANDLE const volatile*>(&done_event_); }

  // Any thread. From now on the sink is told when the provider's last reference goes. Look at `referenced` after it.
  void WatchReferences() { watch_references_.store(true); }
  // Any thread. Does the provider hold a reference now?
  bool referenced() const { return (count_.load() & kForeignMask) != 0; }
  // Any thread. Has it ever taken one, and never released one too many? Else it may call without holding a reference.
  bool counted_well() const { return ever_referenced_.load() && !over_released_.load(); }

  // Once. The provider has let go of the session; the reference that was the provider's to use is released.
  void ReleaseSession() { session_.Reset(); }
  // Once. Our hold ends.
  void LetGo();

 private:
  // Low half: the provider's references. High half: holds of ours, one for the run, one for each Release that is under
  // way.
  static constexpr std::uint64_t kForeignMask = 0xFFFFFFFF;
  static constexpr std::uint64_t kOwnHold = std::uint64_t{1} << 32;

  ~ProgressCallback() = default;
  // As COM reckons: what we hold counts as one.
  static ULONG Visible(std::uint64_t count) { return static_cast<ULONG>(count & kForeignMask) + 1; }

  std::atomic<std::uint64_t> count_{kOwnHold};
  std::atomic<bool> watch_references_{false};
  std::atomic<bool> ever_referenced_{false};
  std::atomic<bool> over_released_{false};
  HANDLE done_event_ = nullptr;
  const std::shared_ptr<SyncSink> sink_;
  ComPtr<mapi::IMAPISession> session_;
  // Its own IUnknown, of which IMarshal is asked; null where there is no memory for it.
  ComPtr<::IUnknown> marshaler_;
  mapi::MAPISIB request_;
};

}  // namespace mapisync
