// The functions that a MAPI DLL exports, as function types: `MAPILogonEx` is a `MAPILOGONEX*`.
#pragma once

#include "mapi/interfaces.h"

namespace mapi {

// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapiinitialize
using MAPIINITIALIZE = HRESULT STDMETHODCALLTYPE(void* init);
// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapiuninitialize
using MAPIUNINITIALIZE = void STDMETHODCALLTYPE();
// Strings are WCHAR with MAPI_UNICODE, else CHAR; the password must be NULL.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapilogonex
using MAPILOGONEX = HRESULT STDMETHODCALLTYPE(ULONG_PTR ui_param, void* profile, void* password, ULONG flags,
                                              IMAPISession** session);
// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapiadminprofiles
using MAPIADMINPROFILES = HRESULT STDMETHODCALLTYPE(ULONG flags, IProfAdmin** admin);
// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapiallocatebuffer
using MAPIALLOCATEBUFFER = SCODE STDMETHODCALLTYPE(ULONG size, void** buffer);
// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapiallocatemore
using MAPIALLOCATEMORE = SCODE STDMETHODCALLTYPE(ULONG size, void* base, void** buffer);
// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapifreebuffer
using MAPIFREEBUFFER = ULONG STDMETHODCALLTYPE(void* buffer);
// https://learn.microsoft.com/office/client-developer/outlook/mapi/hrqueryallrows
using HRQUERYALLROWS = HRESULT STDMETHODCALLTYPE(IMAPITable* table, SPropTagArray* tags, SRestriction* restriction,
                                                 SSortOrderSet* order, LONG max_rows, SRowSet** rows);
// https://learn.microsoft.com/office/client-developer/outlook/mapi/freeprows
using FREEPROWS = void STDMETHODCALLTYPE(SRowSet* rows);

}  // namespace mapi
