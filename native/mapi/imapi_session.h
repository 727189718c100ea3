#pragma once

#include "mapi/imsg_store.h"

namespace mapi {

struct IAddrBook;
struct IMAPIFolder;
struct IMsgServiceAdmin;
struct IProfSect;

// A session that MAPILogonEx has begun.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapisessioniunknown
struct IMAPISession : ::IUnknown {
  virtual HRESULT STDMETHODCALLTYPE GetLastError(HRESULT result, ULONG flags, MAPIERROR** error) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetMsgStoresTable(ULONG flags, IMAPITable** table) = 0;
  virtual HRESULT STDMETHODCALLTYPE OpenMsgStore(ULONG_PTR ui_param, ULONG entry_id_size, ENTRYID* entry_id,
                                                 const IID* iid, ULONG flags, IMsgStore** store) = 0;
  virtual HRESULT STDMETHODCALLTYPE OpenAddressBook(ULONG_PTR ui_param, const IID* iid, ULONG flags,
                                                    IAddrBook** address_book) = 0;
  virtual HRESULT STDMETHODCALLTYPE OpenProfileSection(MAPIUID* uid, const IID* iid, ULONG flags,
                                                       IProfSect** section) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetStatusTable(ULONG flags, IMAPITable** table) = 0;
  virtual HRESULT STDMETHODCALLTYPE OpenEntry(ULONG entry_id_size, ENTRYID* entry_id, const IID* iid, ULONG flags,
                                              ULONG* object_type, ::IUnknown** object) = 0;
  virtual HRESULT STDMETHODCALLTYPE CompareEntryIDs(ULONG first_size, ENTRYID* first, ULONG second_size,
                                                    ENTRYID* second, ULONG flags, ULONG* equal) = 0;
  virtual HRESULT STDMETHODCALLTYPE Advise(ULONG entry_id_size, ENTRYID* entry_id, ULONG event_mask,
                                           IMAPIAdviseSink* sink, ULONG_PTR* connection) = 0;
  virtual HRESULT STDMETHODCALLTYPE Unadvise(ULONG_PTR connection) = 0;
  // An address type is a WCHAR string with MAPI_UNICODE, else a CHAR string.
  virtual HRESULT STDMETHODCALLTYPE MessageOptions(ULONG_PTR ui_param, ULONG flags, void* address_type,
                                                   IMessage* message) = 0;
  virtual HRESULT STDMETHODCALLTYPE QueryDefaultMessageOpt(void* address_type, ULONG flags, ULONG* count,
                                                           SPropValue** options) = 0;
  virtual HRESULT STDMETHODCALLTYPE EnumAdrTypes(ULONG flags, ULONG* count, void*** address_types) = 0;
  virtual HRESULT STDMETHODCALLTYPE QueryIdentity(ULONG* entry_id_size, ENTRYID** entry_id) = 0;
  virtual HRESULT STDMETHODCALLTYPE Logoff(ULONG_PTR ui_param, ULONG flags, ULONG reserved) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetDefaultStore(ULONG flags, ULONG entry_id_size, ENTRYID* entry_id) = 0;
  virtual HRESULT STDMETHODCALLTYPE AdminServices(ULONG flags, IMsgServiceAdmin** service_admin) = 0;
  virtual HRESULT STDMETHODCALLTYPE ShowForm(ULONG_PTR ui_param, IMsgStore* store, IMAPIFolder* parent, const IID* iid,
                                             ULONG_PTR message_token, IMessage* sent, ULONG flags, ULONG status,
                                             ULONG message_flags, ULONG access, char* message_class) = 0;
  virtual HRESULT STDMETHODCALLTYPE PrepareForm(const IID* iid, IMessage* message, ULONG_PTR* message_token) = 0;
};

}  // namespace mapi
