#pragma once

#include "mapi/imapi_prop.h"
#include "mapi/imapi_table.h"

namespace mapi {

struct IMessage;

// A message store.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imsgstoreimapiprop
struct IMsgStore : IMAPIProp {
  virtual HRESULT STDMETHODCALLTYPE Advise(ULONG entry_id_size, ENTRYID* entry_id, ULONG event_mask,
                                           IMAPIAdviseSink* sink, ULONG_PTR* connection) = 0;
  virtual HRESULT STDMETHODCALLTYPE Unadvise(ULONG_PTR connection) = 0;
  virtual HRESULT STDMETHODCALLTYPE CompareEntryIDs(ULONG first_size, ENTRYID* first, ULONG second_size,
                                                    ENTRYID* second, ULONG flags, ULONG* equal) = 0;
  virtual HRESULT STDMETHODCALLTYPE OpenEntry(ULONG entry_id_size, ENTRYID* entry_id, const IID* iid, ULONG flags,
                                              ULONG* object_type, ::IUnknown** object) = 0;
  // A message class is a WCHAR string with MAPI_UNICODE, else a CHAR string.
  virtual HRESULT STDMETHODCALLTYPE SetReceiveFolder(void* message_class, ULONG flags, ULONG entry_id_size,
                                                     ENTRYID* entry_id) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetReceiveFolder(void* message_class, ULONG flags, ULONG* entry_id_size,
                                                     ENTRYID** entry_id, void** explicit_class) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetReceiveFolderTable(ULONG flags, IMAPITable** table) = 0;
  virtual HRESULT STDMETHODCALLTYPE StoreLogoff(ULONG* flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE AbortSubmit(ULONG entry_id_size, ENTRYID* entry_id, ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetOutgoingQueue(ULONG flags, IMAPITable** table) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetLockState(IMessage* message, ULONG lock_state) = 0;
  virtual HRESULT STDMETHODCALLTYPE FinishedMsg(ULONG flags, ULONG entry_id_size, ENTRYID* entry_id) = 0;
  virtual HRESULT STDMETHODCALLTYPE NotifyNewMail(NOTIFICATION* notification) = 0;
};

}  // namespace mapi
