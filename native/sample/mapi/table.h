#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "mapi/mapi.h"
#include "sample/mapi/com_object.h"
#include "sample/mapi/last_error.h"
#include "sample/mapi/properties.h"

namespace mapisync::sample {

// How a table misbehaves, for tests; see profile_options.h.
struct TableQuirks {
  bool fewer_values = false;
  bool one_row_at_a_time = false;
  bool no_row_count = false;
  bool approximate_row_count = false;
};

// A snapshot of rows. Any thread; the cursor is everybody's.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapitableiunknown
class Table final : public ComObject<ObjectKind::kTable, mapi::IMAPITable> {
 public:
  struct Contents {
    std::vector<ULONG> columns;  // the first column set; text as PT_UNICODE
    std::vector<PropertyList> rows;
    bool unicode = true;
    TableQuirks quirks;
  };
  explicit Table(Contents contents);

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override;
  HRESULT STDMETHODCALLTYPE GetLastError(HRESULT result, ULONG flags, mapi::MAPIERROR** error) noexcept override;
  HRESULT STDMETHODCALLTYPE Advise(ULONG event_mask, mapi::IMAPIAdviseSink* sink,
                                   ULONG_PTR* connection) noexcept override;
  HRESULT STDMETHODCALLTYPE Unadvise(ULONG_PTR connection) noexcept override;
  HRESULT STDMETHODCALLTYPE GetStatus(ULONG* status, ULONG* type) noexcept override;
  HRESULT STDMETHODCALLTYPE SetColumns(mapi::SPropTagArray* tags, ULONG flags) noexcept override;
  HRESULT STDMETHODCALLTYPE QueryColumns(ULONG flags, mapi::SPropTagArray** tags) noexcept override;
  HRESULT STDMETHODCALLTYPE GetRowCount(ULONG flags, ULONG* count) noexcept override;
  HRESULT STDMETHODCALLTYPE SeekRow(mapi::BOOKMARK origin, LONG count, LONG* sought) noexcept override;
  HRESULT STDMETHODCALLTYPE SeekRowApprox(ULONG numerator, ULONG denominator) noexcept override;
  HRESULT STDMETHODCALLTYPE QueryPosition(ULONG* row, ULONG* numerator, ULONG* denominator) noexcept override;
  HRESULT STDMETHODCALLTYPE FindRow(mapi::SRestriction* restriction, mapi::BOOKMARK origin,
                                    ULONG flags) noexcept override;
  HRESULT STDMETHODCALLTYPE Restrict(mapi::SRestriction* restriction, ULONG flags) noexcept override;
  HRESULT STDMETHODCALLTYPE CreateBookmark(mapi::BOOKMARK* position) noexcept override;
  HRESULT STDMETHODCALLTYPE FreeBookmark(mapi::BOOKMARK position) noexcept override;
  HRESULT STDMETHODCALLTYPE SortTable(mapi::SSortOrderSet* order, ULONG flags) noexcept override;
  HRESULT STDMETHODCALLTYPE QuerySortOrder(mapi::SSortOrderSet** order) noexcept override;
  HRESULT STDMETHODCALLTYPE QueryRows(LONG count, ULONG flags, mapi::SRowSet** rows) noexcept override;
  HRESULT STDMETHODCALLTYPE Abort() noexcept override;
  HRESULT STDMETHODCALLTYPE ExpandRow(ULONG key_size, BYTE* instance_key, ULONG row_count, ULONG flags,
                                      mapi::SRowSet** rows, ULONG* more_rows) noexcept override;
  HRESULT STDMETHODCALLTYPE CollapseRow(ULONG key_size, BYTE* instance_key, ULONG flags,
                                        ULONG* row_count) noexcept override;
  HRESULT STDMETHODCALLTYPE WaitForCompletion(ULONG flags, ULONG timeout_ms, ULONG* status) noexcept override;
  HRESULT STDMETHODCALLTYPE GetCollapseState(ULONG flags, ULONG key_size, BYTE* instance_key, ULONG* state_size,
                                             BYTE** state) noexcept override;
  HRESULT STDMETHODCALLTYPE SetCollapseState(ULONG flags, ULONG state_size, BYTE* state,
                                             mapi::BOOKMARK* position) noexcept override;

 private:
  ~Table() override = default;

  using Lock = std::lock_guard<std::mutex>;
  // False for a bookmark that is none.
  bool PositionOf(const Lock&, mapi::BOOKMARK origin, std::size_t* position) const;
  HRESULT MakeRow(const Lock&, const PropertyList& row, mapi::SRow* result) const;

  const bool unicode_;
  const TableQuirks quirks_;
  const std::vector<ULONG> offered_columns_;
  const std::vector<PropertyList> rows_;
  LastError last_error_;

  std::mutex mutex_;
  std::vector<ULONG> columns_;
  std::size_t position_ = 0;
};

}  // namespace mapisync::sample
