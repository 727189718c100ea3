#pragma once

#include "mapi/mapi.h"
#include "windows/com_ptr.h"

namespace mapisync::sample {

// A reference to a client's callback; the sample counts these (see live_counters.h).
class CallbackReference {
 public:
  CallbackReference() = default;
  CallbackReference(CallbackReference&& other) noexcept = default;
  CallbackReference& operator=(CallbackReference&&) = delete;
  ~CallbackReference() { Release(); }

  // Takes over a reference.
  void Adopt(mapi::IMAPISyncProgressCallback* callback) noexcept;
  // Uses the callback without a reference, as a careless provider does.
  void Borrow(mapi::IMAPISyncProgressCallback* callback) noexcept;
  void Release() noexcept;
  // Forgets the reference: the callback is never released.
  void Leak() noexcept;

  mapi::IMAPISyncProgressCallback* get() const noexcept { return callback_.get(); }
  mapi::IMAPISyncProgressCallback* operator->() const noexcept { return callback_.get(); }

 private:
  ComPtr<mapi::IMAPISyncProgressCallback> callback_;
  bool is_borrowed_ = false;
};

// What a store takes out of a MAPISIB: all that it needs when the structure has gone.
struct SyncRequest {
  ULONG flags = 0;
  ComPtr<mapi::IMAPISession> session;
  CallbackReference callback;
  HANDLE* event_slot = nullptr;  // the client's; as long-lived as the callback
};

struct SyncRequestRules {
  bool casts_callback = false;    // takes punkCallBack for the callback, without a query
  bool borrows_callback = false;  // and without a reference
  bool refuses_unknown_flags = false;
};

// MAPI_E_INVALID_PARAMETER for what is missing, MAPI_E_UNKNOWN_FLAGS, or what the callback answers to the query.
HRESULT TakeSyncRequest(const mapi::MAPISIB* source, const SyncRequestRules& rules, SyncRequest* request);

}  // namespace mapisync::sample
