#pragma once

#include "mapi/imapi_advise_sink.h"
#include "mapi/structures.h"

namespace mapi {

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

}  // namespace mapi
