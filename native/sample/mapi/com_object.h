#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "mapi/platform.h"
#include "sample/mapi/client_call.h"
#include "sample/mapi/live_counters.h"

namespace mapisync::sample {

// The reference-counted part of a COM object that implements Interfaces. Born with one reference, which belongs to who
// made it. Any thread.
template <ObjectKind kKind, typename... Interfaces>
class ComObject : public Interfaces... {
 public:
  ComObject(const ComObject&) = delete;
  ComObject& operator=(const ComObject&) = delete;

  ULONG STDMETHODCALLTYPE AddRef() noexcept override {
    const ClientCall call;
    Live().references.fetch_add(1, std::memory_order_relaxed);
    return references_.fetch_add(1, std::memory_order_relaxed) + 1;
  }

  ULONG STDMETHODCALLTYPE Release() noexcept override {
    const ClientCall call;
    Live().references.fetch_sub(1, std::memory_order_relaxed);
    const std::uint32_t left = references_.fetch_sub(1, std::memory_order_acq_rel) - 1;
    if (left == 0) delete this;
    return left;
  }

 protected:
  ComObject() noexcept {
    Live().ObjectMade(kKind);
    Live().references.fetch_add(1, std::memory_order_relaxed);
  }
  virtual ~ComObject() { Live().ObjectGone(kKind); }

 private:
  std::atomic<std::uint32_t> references_{1};
};

// The SDK only declares IID_IUnknown; this spares a library.
inline constexpr GUID kIidUnknown = {0, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};

// QueryInterface of an object that answers to the interfaces in `known` with one pointer.
template <typename Object, std::size_t kCount>
HRESULT AnswerQuery(Object* object, const GUID& iid, const GUID (&known)[kCount], void** result) noexcept {
  const ClientCall call;
  if (result == nullptr) return E_POINTER;
  *result = nullptr;
  for (const GUID& one : known) {
    if (IsEqualGUID(iid, one)) {
      object->AddRef();
      *result = object;
      return S_OK;
    }
  }
  return E_NOINTERFACE;
}

}  // namespace mapisync::sample
