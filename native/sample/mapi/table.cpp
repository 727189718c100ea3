#include "sample/mapi/table.h"

#include <algorithm>
#include <cstdint>
#include <new>
#include <utility>

#include "sample/mapi/client_call.h"
#include "sample/mapi/mapi_memory.h"

namespace mapisync::sample {

Table::Table(Contents contents)
    : unicode_(contents.unicode),
      quirks_(contents.quirks),
      offered_columns_(std::move(contents.columns)),
      rows_(std::move(contents.rows)),
      columns_(offered_columns_) {}

HRESULT Table::QueryInterface(REFIID iid, void** object) noexcept {
  static constexpr GUID kKnown[] = {kIidUnknown, mapi::IID_IMAPITable};
  return AnswerQuery(static_cast<mapi::IMAPITable*>(this), iid, kKnown, object);
}

HRESULT Table::GetLastError(HRESULT result, ULONG flags, mapi::MAPIERROR** error) noexcept {
  const ClientCall call;
  return last_error_.Get(result, flags, error);
}

// The rows never change, so there is nothing to be told of: a refusal that MAPI documents.
HRESULT Table::Advise(ULONG, mapi::IMAPIAdviseSink*, ULONG_PTR* connection) noexcept {
  if (connection != nullptr) *connection = 0;
  return mapi::MAPI_E_NO_SUPPORT;
}

HRESULT Table::Unadvise(ULONG_PTR) noexcept { return mapi::MAPI_E_INVALID_PARAMETER; }

HRESULT Table::GetStatus(ULONG* status, ULONG* type) noexcept {
  const ClientCall call;
  if (status == nullptr || type == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  *status = mapi::TBLSTAT_COMPLETE;
  *type = mapi::TBLTYPE_SNAPSHOT;
  return S_OK;
}

HRESULT Table::SetColumns(mapi::SPropTagArray* tags, ULONG flags) noexcept {
  const ClientCall call;
  if (tags == nullptr || tags->cValues == 0) return mapi::MAPI_E_INVALID_PARAMETER;
  // Everything is at hand: asynchronous and batched are as good as done.
  if ((flags & ~(mapi::TBL_ASYNC | mapi::TBL_BATCH)) != 0) return mapi::MAPI_E_UNKNOWN_FLAGS;
  try {
    std::vector<ULONG> columns(tags->aulPropTag, tags->aulPropTag + tags->cValues);
    const Lock lock(mutex_);
    columns_ = std::move(columns);
    return S_OK;
  } catch (const std::bad_alloc&) {
    return mapi::MAPI_E_NOT_ENOUGH_MEMORY;
  }
}

HRESULT Table::QueryColumns(ULONG flags, mapi::SPropTagArray** tags) noexcept {
  const ClientCall call;
  if (tags == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  *tags = nullptr;
  if ((flags & ~mapi::TBL_ALL_COLUMNS) != 0) return mapi::MAPI_E_UNKNOWN_FLAGS;
  const Lock lock(mutex_);
  *tags = MakeTagArray((flags & mapi::TBL_ALL_COLUMNS) != 0 ? offered_columns_ : columns_);
  return *tags == nullptr ? mapi::MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

HRESULT Table::GetRowCount(ULONG flags, ULONG* count) noexcept {
  const ClientCall call;
  if (count == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  *count = 0;
  if (flags != 0) return mapi::MAPI_E_UNKNOWN_FLAGS;
  if (quirks_.no_row_count) return mapi::MAPI_E_NO_SUPPORT;
  const Lock lock(mutex_);
  *count = static_cast<ULONG>(rows_.size());
  if (!quirks_.approximate_row_count) return S_OK;
  *count *= 2;
  return mapi::MAPI_W_APPROX_COUNT;
}

bool Table::PositionOf(const Lock&, mapi::BOOKMARK origin, std::size_t* position) const {
  switch (origin) {
    case mapi::BOOKMARK_BEGINNING:
      *position = 0;
      return true;
    case mapi::BOOKMARK_CURRENT:
      *position = position_;
      return true;
    case mapi::BOOKMARK_END:
      *position = rows_.size();
      return true;
    default:
      return false;
  }
}

HRESULT Table::SeekRow(mapi::BOOKMARK origin, LONG count, LONG* sought) noexcept {
  const ClientCall call;
  if (sought != nullptr) *sought = 0;
  const Lock lock(mutex_);
  std::size_t from = 0;
  if (!PositionOf(lock, origin, &from)) return mapi::MAPI_E_INVALID_BOOKMARK;
  const auto target =
      std::clamp<std::int64_t>(static_cast<std::int64_t>(from) + count, 0, static_cast<std::int64_t>(rows_.size()));
  if (sought != nullptr) *sought = static_cast<LONG>(target - static_cast<std::int64_t>(from));
  position_ = static_cast<std::size_t>(target);
  return S_OK;
}

HRESULT Table::SeekRowApprox(ULONG numerator, ULONG denominator) noexcept {
  if (denominator == 0) return mapi::MAPI_E_INVALID_PARAMETER;
  const Lock lock(mutex_);
  const std::uint64_t count = rows_.size();
  position_ = static_cast<std::size_t>(std::min<std::uint64_t>(count * numerator / denominator, count));
  return S_OK;
}

HRESULT Table::QueryPosition(ULONG* row, ULONG* numerator, ULONG* denominator) noexcept {
  const ClientCall call;
  if (row == nullptr || numerator == nullptr || denominator == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  const Lock lock(mutex_);
  *row = static_cast<ULONG>(position_);
  *numerator = static_cast<ULONG>(position_);
  *denominator = static_cast<ULONG>(std::max<std::size_t>(rows_.size(), 1));
  return S_OK;
}

// Sorting, searching and restricting are a client's to do: the tables are short.
HRESULT Table::FindRow(mapi::SRestriction*, mapi::BOOKMARK, ULONG) noexcept { return mapi::MAPI_E_NO_SUPPORT; }

HRESULT Table::Restrict(mapi::SRestriction*, ULONG) noexcept { return mapi::MAPI_E_NO_SUPPORT; }

HRESULT Table::CreateBookmark(mapi::BOOKMARK* position) noexcept {
  if (position != nullptr) *position = mapi::BOOKMARK_BEGINNING;
  return mapi::MAPI_E_UNABLE_TO_COMPLETE;
}

HRESULT Table::FreeBookmark(mapi::BOOKMARK) noexcept { return mapi::MAPI_E_INVALID_BOOKMARK; }

HRESULT Table::SortTable(mapi::SSortOrderSet* order, ULONG flags) noexcept {
  const ClientCall call;
  if (order == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  if ((flags & ~(mapi::TBL_ASYNC | mapi::TBL_BATCH)) != 0) return mapi::MAPI_E_UNKNOWN_FLAGS;
  return order->cSorts == 0 ? S_OK : mapi::MAPI_E_TOO_COMPLEX;
}

HRESULT Table::QuerySortOrder(mapi::SSortOrderSet** order) noexcept {
  if (order == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  *order = static_cast<mapi::SSortOrderSet*>(AllocateMapiBuffer(sizeof(mapi::SSortOrderSet)));
  if (*order == nullptr) return mapi::MAPI_E_NOT_ENOUGH_MEMORY;
  **order = {};
  return S_OK;
}

HRESULT Table::MakeRow(const Lock&, const PropertyList& row, mapi::SRow* result) const {
  std::size_t count = columns_.size();
  if (quirks_.fewer_values) --count;
  MapiBuffer<mapi::SPropValue> values(
      static_cast<mapi::SPropValue*>(AllocateMapiBuffer(std::max<std::size_t>(count, 1) * sizeof(mapi::SPropValue))));
  if (values == nullptr) return mapi::MAPI_E_NOT_ENOUGH_MEMORY;
  for (std::size_t i = 0; i < count; ++i) {
    const HRESULT one = WriteValue(row, columns_[i], unicode_, values.get(), values.get() + i);
    if (FAILED(one)) return one;
  }
  result->ulAdrEntryPad = 0;
  result->cValues = static_cast<ULONG>(count);
  result->lpProps = values.release();
  return S_OK;
}

HRESULT Table::QueryRows(LONG count, ULONG flags, mapi::SRowSet** rows) noexcept {
  const ClientCall call;
  if (rows == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  *rows = nullptr;
  if (count == 0) return mapi::MAPI_E_INVALID_PARAMETER;
  if ((flags & ~mapi::TBL_NOADVANCE) != 0) return mapi::MAPI_E_UNKNOWN_FLAGS;
  try {
    const Lock lock(mutex_);
    const bool is_backward = count < 0;
    std::size_t wanted = is_backward ? 0 - static_cast<std::size_t>(count) : static_cast<std::size_t>(count);
    if (quirks_.one_row_at_a_time) wanted = 1;
    const std::size_t available = is_backward ? position_ : rows_.size() - position_;
    const std::size_t taken = std::min(wanted, available);
    const std::size_t first = is_backward ? position_ - taken : position_;

    RowSetPtr set(static_cast<mapi::SRowSet*>(AllocateMapiBuffer(sizeof(mapi::SRowSet) + taken * sizeof(mapi::SRow))));
    if (set == nullptr) return mapi::MAPI_E_NOT_ENOUGH_MEMORY;
    set->cRows = 0;
    for (std::size_t i = 0; i < taken; ++i) {
      const HRESULT one = MakeRow(lock, rows_[first + i], set->aRow + i);
      if (FAILED(one)) return one;
      ++set->cRows;
    }
    if ((flags & mapi::TBL_NOADVANCE) == 0) position_ = is_backward ? first : first + taken;
    *rows = set.release();
    return S_OK;
  } catch (const std::bad_alloc&) {
    return mapi::MAPI_E_NOT_ENOUGH_MEMORY;
  }
}

HRESULT Table::Abort() noexcept {
  const ClientCall call;
  return S_OK;
}

HRESULT Table::ExpandRow(ULONG, BYTE*, ULONG, ULONG, mapi::SRowSet** rows, ULONG* more_rows) noexcept {
  if (rows != nullptr) *rows = nullptr;
  if (more_rows != nullptr) *more_rows = 0;
  return mapi::MAPI_E_NO_SUPPORT;
}

HRESULT Table::CollapseRow(ULONG, BYTE*, ULONG, ULONG* row_count) noexcept {
  if (row_count != nullptr) *row_count = 0;
  return mapi::MAPI_E_NO_SUPPORT;
}

HRESULT Table::WaitForCompletion(ULONG flags, ULONG, ULONG* status) noexcept {
  if (flags != 0) return mapi::MAPI_E_UNKNOWN_FLAGS;
  if (status != nullptr) *status = mapi::TBLSTAT_COMPLETE;
  return S_OK;
}

HRESULT Table::GetCollapseState(ULONG, ULONG, BYTE*, ULONG* state_size, BYTE** state) noexcept {
  if (state_size != nullptr) *state_size = 0;
  if (state != nullptr) *state = nullptr;
  return mapi::MAPI_E_NO_SUPPORT;
}

HRESULT Table::SetCollapseState(ULONG, ULONG, BYTE*, mapi::BOOKMARK* position) noexcept {
  if (position != nullptr) *position = mapi::BOOKMARK_BEGINNING;
  return mapi::MAPI_E_NO_SUPPORT;
}

}  // namespace mapisync::sample
