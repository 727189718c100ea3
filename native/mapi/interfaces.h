// The interfaces of MAPI, as vtables: the order of the methods is the ABI.
#pragma once

#include "mapi/platform.h"
#include "mapi/structures.h"

namespace mapi {

struct IAddrBook;
struct IMAPIFolder;
struct IMAPIProgress;
struct IMessage;
struct IMsgServiceAdmin;
struct IProfSect;
struct MAPINAMEID;
struct NOTIFICATION;

// Told by MAPI about changes.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapiadvisesinkiunknown
struct IMAPIAdviseSink : ::IUnknown {
  virtual ULONG STDMETHODCALLTYPE OnNotify(ULONG count, NOTIFICATION* notifications) = 0;
};

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

// A view of rows, with a cursor.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapitableiunknown
struct IMAPITable : ::IUnknown {
  virtual HRESULT STDMETHODCALLTYPE GetLastError(HRESULT result, ULONG flags, MAPIERROR** error) = 0;
  virtual HRESULT STDMETHODCALLTYPE Advise(ULONG event_mask, IMAPIAdviseSink* sink, ULONG_PTR* connection) = 0;
  virtual HRESULT STDMETHODCALLTYPE Unadvise(ULONG_PTR connection) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetStatus(ULONG* status, ULONG* type) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetColumns(SPropTagArray* tags, ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE QueryColumns(ULONG flags, SPropTagArray** tags) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetRowCount(ULONG flags, ULONG* count) = 0;
  virtual HRESULT STDMETHODCALLTYPE SeekRow(BOOKMARK origin, LONG count, LONG* sought) = 0;
  virtual HRESULT STDMETHODCALLTYPE SeekRowApprox(ULONG numerator, ULONG denominator) = 0;
  virtual HRESULT STDMETHODCALLTYPE QueryPosition(ULONG* row, ULONG* numerator, ULONG* denominator) = 0;
  virtual HRESULT STDMETHODCALLTYPE FindRow(SRestriction* restriction, BOOKMARK origin, ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE Restrict(SRestriction* restriction, ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE CreateBookmark(BOOKMARK* position) = 0;
  virtual HRESULT STDMETHODCALLTYPE FreeBookmark(BOOKMARK position) = 0;
  virtual HRESULT STDMETHODCALLTYPE SortTable(SSortOrderSet* order, ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE QuerySortOrder(SSortOrderSet** order) = 0;
  virtual HRESULT STDMETHODCALLTYPE QueryRows(LONG count, ULONG flags, SRowSet** rows) = 0;
  virtual HRESULT STDMETHODCALLTYPE Abort() = 0;
  virtual HRESULT STDMETHODCALLTYPE ExpandRow(ULONG key_size, BYTE* instance_key, ULONG row_count, ULONG flags,
                                              SRowSet** rows, ULONG* more_rows) = 0;
  virtual HRESULT STDMETHODCALLTYPE CollapseRow(ULONG key_size, BYTE* instance_key, ULONG flags, ULONG* row_count) = 0;
  virtual HRESULT STDMETHODCALLTYPE WaitForCompletion(ULONG flags, ULONG timeout_ms, ULONG* status) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetCollapseState(ULONG flags, ULONG key_size, BYTE* instance_key, ULONG* state_size,
                                                     BYTE** state) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetCollapseState(ULONG flags, ULONG state_size, BYTE* state,
                                                     BOOKMARK* position) = 0;
};

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

// The status of MAPI itself, of its spooler, or of a provider.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapistatusimapiprop
struct IMAPIStatus : IMAPIProp {
  virtual HRESULT STDMETHODCALLTYPE ValidateState(ULONG_PTR ui_param, ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE SettingsDialog(ULONG_PTR ui_param, ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE ChangePassword(void* old_password, void* new_password, ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE FlushQueues(ULONG_PTR ui_param, ULONG transport_size, ENTRYID* transport,
                                                ULONG flags) = 0;
};

// The profiles of this user. Names are CHAR strings without MAPI_UNICODE.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/iprofadminiunknown
struct IProfAdmin : ::IUnknown {
  virtual HRESULT STDMETHODCALLTYPE GetLastError(HRESULT result, ULONG flags, MAPIERROR** error) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetProfileTable(ULONG flags, IMAPITable** table) = 0;
  virtual HRESULT STDMETHODCALLTYPE CreateProfile(void* name, void* password, ULONG_PTR ui_param, ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE DeleteProfile(void* name, ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE ChangeProfilePassword(void* name, void* old_password, void* new_password,
                                                          ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE CopyProfile(void* old_name, void* old_password, void* new_name, ULONG_PTR ui_param,
                                                ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE RenameProfile(void* old_name, void* old_password, void* new_name,
                                                  ULONG_PTR ui_param, ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetDefaultProfile(void* name, ULONG flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE AdminServices(void* name, void* password, ULONG_PTR ui_param, ULONG flags,
                                                  IMsgServiceAdmin** service_admin) = 0;
};

// For a process that is about to end: asked of the session. After DoFastShutdown no MAPI call is allowed any more.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapiclientshutdowniunknown
struct IMAPIClientShutdown : ::IUnknown {
  virtual HRESULT STDMETHODCALLTYPE QueryFastShutdown() = 0;
  virtual HRESULT STDMETHODCALLTYPE NotifyProcessShutdown() = 0;
  virtual HRESULT STDMETHODCALLTYPE DoFastShutdown() = 0;
};

// Implemented by the caller of IMAPISync; called by the provider, from any thread.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapisyncprogresscallbackiunknown
struct IMAPISyncProgressCallback : ::IUnknown {
  // `text` may be NULL: only the position has changed.
  virtual HRESULT STDMETHODCALLTYPE Progress(const WCHAR* text, ULONG index, ULONG max) = 0;
  // `result` may be an error or a warning; the synchronisation goes on.
  virtual HRESULT STDMETHODCALLTYPE Error(HRESULT result, const WCHAR* text) = 0;
  // `thread_done_event`, which may be NULL, is handed over for the caller to close.
  virtual HRESULT STDMETHODCALLTYPE Done(HANDLE thread_done_event, HRESULT result) = 0;
};

// What one synchronisation is asked for.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapisib
struct MAPISIB {
  ULONG ulSize;   // of this structure
  ULONG ulFlags;  // SYNC_...
  IMAPISession* psesSync;
  ::IUnknown* punkCallBack;  // can be queried for IMAPISyncProgressCallback; some providers cast instead
  HANDLE* phSyncDoneEvent;   // out: signalled when the thread that the call has created is finished
};

// What a store that can be synchronised on demand answers QueryInterface(IID_IMAPISync) with.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapisynciunknown
struct IMAPISync : ::IUnknown {
  virtual HRESULT STDMETHODCALLTYPE SynchronizeInBackground(MAPISIB* request) = 0;
};

}  // namespace mapi
