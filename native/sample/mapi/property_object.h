#pragma once

#include <utility>

#include "mapi/mapi.h"
#include "sample/mapi/client_call.h"
#include "sample/mapi/com_object.h"
#include "sample/mapi/last_error.h"
#include "sample/mapi/properties.h"

namespace mapisync::sample {

// A COM object whose first interface is an IMAPIProp, with properties that clients can read and cannot change. Any
// thread. https://learn.microsoft.com/office/client-developer/outlook/mapi/imapipropiunknown
template <ObjectKind kKind, typename... Interfaces>
class PropertyObject : public ComObject<kKind, Interfaces...> {
 public:
  HRESULT STDMETHODCALLTYPE GetLastError(HRESULT result, ULONG flags, mapi::MAPIERROR** error) noexcept override {
    const ClientCall call;
    return last_error_.Get(result, flags, error);
  }

  HRESULT STDMETHODCALLTYPE SaveChanges(ULONG /*flags*/) noexcept override { return S_OK; }

  HRESULT STDMETHODCALLTYPE GetProps(mapi::SPropTagArray* tags, ULONG flags, ULONG* count,
                                     mapi::SPropValue** values) noexcept override {
    const ClientCall call;
    return sample::GetProps(properties_, tags, flags, count, values);
  }

  HRESULT STDMETHODCALLTYPE GetPropList(ULONG flags, mapi::SPropTagArray** tags) noexcept override {
    const ClientCall call;
    return sample::GetPropList(properties_, flags, tags);
  }

  HRESULT STDMETHODCALLTYPE OpenProperty(ULONG /*tag*/, const IID* /*iid*/, ULONG /*interface_options*/,
                                         ULONG /*flags*/, ::IUnknown** object) noexcept override {
    if (object != nullptr) *object = nullptr;
    return mapi::MAPI_E_NO_SUPPORT;
  }

  HRESULT STDMETHODCALLTYPE SetProps(ULONG count, mapi::SPropValue* values,
                                     mapi::SPropProblemArray** problems) noexcept override {
    return RefuseSetProps(count, values, problems);
  }

  HRESULT STDMETHODCALLTYPE DeleteProps(mapi::SPropTagArray* tags,
                                        mapi::SPropProblemArray** problems) noexcept override {
    return RefuseDeleteProps(tags, problems);
  }

  HRESULT STDMETHODCALLTYPE CopyTo(ULONG /*excluded_iid_count*/, const IID* /*excluded_iids*/,
                                   mapi::SPropTagArray* /*excluded_tags*/, ULONG_PTR /*ui_param*/,
                                   mapi::IMAPIProgress* /*progress*/, const IID* /*iid*/, void* /*destination*/,
                                   ULONG /*flags*/, mapi::SPropProblemArray** problems) noexcept override {
    if (problems != nullptr) *problems = nullptr;
    return mapi::MAPI_E_NO_SUPPORT;
  }

  HRESULT STDMETHODCALLTYPE CopyProps(mapi::SPropTagArray* /*tags*/, ULONG_PTR /*ui_param*/,
                                      mapi::IMAPIProgress* /*progress*/, const IID* /*iid*/, void* /*destination*/,
                                      ULONG /*flags*/, mapi::SPropProblemArray** problems) noexcept override {
    if (problems != nullptr) *problems = nullptr;
    return mapi::MAPI_E_NO_SUPPORT;
  }

  HRESULT STDMETHODCALLTYPE GetNamesFromIDs(mapi::SPropTagArray** /*tags*/, GUID* /*property_set*/, ULONG /*flags*/,
                                            ULONG* count, mapi::MAPINAMEID*** names) noexcept override {
    if (count != nullptr) *count = 0;
    if (names != nullptr) *names = nullptr;
    return mapi::MAPI_E_NO_SUPPORT;
  }

  HRESULT STDMETHODCALLTYPE GetIDsFromNames(ULONG /*count*/, mapi::MAPINAMEID** /*names*/, ULONG /*flags*/,
                                            mapi::SPropTagArray** tags) noexcept override {
    if (tags != nullptr) *tags = nullptr;
    return mapi::MAPI_E_NO_SUPPORT;
  }

 protected:
  explicit PropertyObject(PropertyList properties) : properties_(std::move(properties)) {}
  ~PropertyObject() override = default;

  LastError& last_error() { return last_error_; }

 private:
  const PropertyList properties_;
  LastError last_error_;
};

}  // namespace mapisync::sample
