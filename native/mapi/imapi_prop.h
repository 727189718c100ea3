#pragma once

#include "mapi/platform.h"
#include "mapi/structures.h"

namespace mapi {

struct IMAPIProgress;
struct MAPINAMEID;

// What every MAPI object with properties offers.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapipropiunknown
struct IMAPIProp : ::IUnknown {
  virtual HRESULT STDMETHODCALLTYPE GetLastError(HRESULT result, ULONG flags, MAPIERROR** error) = 0;
  virtual HRESULT STDMETHODCALLTYPE SaveChanges(ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetProps(SPropTagArray* tags, ULONG flags, ULONG* count, SPropValue** values) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetPropList(ULONG flags, SPropTagArray** tags) = 0;
  virtual HRESULT STDMETHODCALLTYPE OpenProperty(ULONG tag, const IID* iid, ULONG interface_options, ULONG flags,
                                                 ::IUnknown** object) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetProps(ULONG count, SPropValue* values, SPropProblemArray** problems) = 0;
  virtual HRESULT STDMETHODCALLTYPE DeleteProps(SPropTagArray* tags, SPropProblemArray** problems) = 0;
  virtual HRESULT STDMETHODCALLTYPE CopyTo(ULONG excluded_iid_count, const IID* excluded_iids,
                                           SPropTagArray* excluded_tags, ULONG_PTR ui_param, IMAPIProgress* progress,
                                           const IID* iid, void* destination, ULONG flags,
                                           SPropProblemArray** problems) = 0;
  virtual HRESULT STDMETHODCALLTYPE CopyProps(SPropTagArray* tags, ULONG_PTR ui_param, IMAPIProgress* progress,
                                              const IID* iid, void* destination, ULONG flags,
                                              SPropProblemArray** problems) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetNamesFromIDs(SPropTagArray** tags, GUID* property_set, ULONG flags, ULONG* count,
                                                    MAPINAMEID*** names) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetIDsFromNames(ULONG count, MAPINAMEID** names, ULONG flags,
                                                    SPropTagArray** tags) = 0;
};

}  // namespace mapi
