#include "sample/mapi/table_builder.h"

#include <utility>

namespace mapisync::sample {
namespace {

void ApplyQuirks(const std::vector<PropertyQuirk>& quirks, PropertyList* row) {
  for (const PropertyQuirk& quirk : quirks) {
    switch (quirk.kind) {
      case PropertyQuirk::Kind::kMissing:
        row->Remove(quirk.tag);
        break;
      case PropertyQuirk::Kind::kError:
        row->Set(ErrorProperty(quirk.tag, static_cast<HRESULT>(quirk.error)));
        break;
      case PropertyQuirk::Kind::kNull:
        row->Set(NullProperty(quirk.tag));
        break;
    }
  }
}

}  // namespace

HRESULT BuildTable(std::vector<ULONG> columns, std::vector<PropertyList> rows, const ProfileOptions& options,
                   ULONG flags, mapi::IMAPITable** table) {
  if ((flags & ~mapi::MAPI_UNICODE) != 0) return mapi::MAPI_E_UNKNOWN_FLAGS;
  Table::Contents contents;
  contents.unicode = (flags & mapi::MAPI_UNICODE) != 0;
  if (contents.unicode && options.ansi_only) return mapi::MAPI_E_BAD_CHARWIDTH;
  for (PropertyList& row : rows) ApplyQuirks(options.properties, &row);
  if (!contents.unicode) {
    for (ULONG& tag : columns) {
      if (mapi::PROP_TYPE(tag) == mapi::PT_UNICODE) tag = mapi::CHANGE_PROP_TYPE(tag, mapi::PT_STRING8);
    }
  }
  contents.columns = std::move(columns);
  contents.rows = std::move(rows);
  contents.quirks.fewer_values = options.fewer_values;
  contents.quirks.one_row_at_a_time = options.one_row_at_a_time;
  contents.quirks.no_row_count = options.no_row_count;
  contents.quirks.approximate_row_count = options.approximate_row_count;
  *table = new Table(std::move(contents));
  return S_OK;
}

}  // namespace mapisync::sample
