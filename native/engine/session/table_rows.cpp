#include "engine/session/table_rows.h"

#include <vector>

#include "engine/session/extended_error.h"
#include "engine/session/mapi_buffer.h"

namespace mapisync {

namespace {

constexpr LONG kRowsAtOnce = 256;
// A table that is still being made answers MAPI_E_BUSY; it is waited for this often, this long each time.
constexpr int kBusyTries = 10;
constexpr ULONG kBusyWaitMs = 1000;

}  // namespace

std::optional<Failure> ReadTable(const Library& library, mapi::IMAPITable* table,
                                 std::span<const std::uint32_t> columns,
                                 const std::function<void(std::span<const mapi::SPropValue>)>& take) {
  // SPropTagArray is a count, and then the tags.
  std::vector<ULONG> tags{static_cast<ULONG>(columns.size())};
  tags.insert(tags.end(), columns.begin(), columns.end());
  HRESULT result = table->SetColumns(reinterpret_cast<mapi::SPropTagArray*>(tags.data()), 0);
  if (FAILED(result)) return DescribeFailure(library, table, "IMAPITable::SetColumns", result);

  int busy_tries = 0;
  for (std::size_t count = 0;;) {
    RowSet rows(library);
    result = table->QueryRows(kRowsAtOnce, 0, rows.Receive());
    if (result == mapi::MAPI_E_BUSY && busy_tries++ < kBusyTries) {
      // Whether it has become ready or not shows in the next QueryRows.
      ULONG status = 0;
      static_cast<void>(table->WaitForCompletion(0, kBusyWaitMs, &status));
      continue;
    }
    if (FAILED(result)) return DescribeFailure(library, table, "IMAPITable::QueryRows", result);
    if (rows.get() == nullptr || rows.get()->cRows == 0) return std::nullopt;
    for (ULONG at = 0; at < rows.get()->cRows; ++at) {
      const mapi::SRow& row = rows.get()->aRow[at];
      if (row.lpProps != nullptr) take({row.lpProps, row.cValues});
    }
    count += rows.get()->cRows;
    if (count > kMaxTableRows) return Failure{"IMAPITable::QueryRows", Unsigned(mapi::MAPI_E_TABLE_TOO_BIG), {}, {}};
  }
}

}  // namespace mapisync
