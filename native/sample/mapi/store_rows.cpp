#include "sample/mapi/store_rows.h"

#include <cstdint>
#include <cstring>
#include <iterator>
#include <string>
#include <utility>

#include "sample/mapi/entry_id.h"

namespace mapisync::sample {
namespace {

constexpr wchar_t kProviderDisplay[] = L"mapisync sample store";

std::vector<std::uint8_t> BytesOf(ULONG number) {
  std::vector<std::uint8_t> bytes(sizeof(number));
  std::memcpy(bytes.data(), &number, sizeof(number));
  return bytes;
}

std::vector<std::uint8_t> ProviderUidBytes() { return {std::begin(kProviderUid.ab), std::end(kProviderUid.ab)}; }

// Names the same store for as long as it exists, so the entry identifier serves as well.
std::vector<std::uint8_t> RecordKey(const StoreInProfile& store) {
  return MakeEntryId(EntryKind::kStore, store.folder_name);
}

}  // namespace

std::vector<ULONG> StoreTableColumns() {
  return {mapi::PR_DEFAULT_STORE,      mapi::PR_DISPLAY_NAME_W, mapi::PR_ENTRYID,
          mapi::PR_INSTANCE_KEY,       mapi::PR_MDB_PROVIDER,   mapi::PR_OBJECT_TYPE,
          mapi::PR_PROVIDER_DISPLAY_W, mapi::PR_RECORD_KEY,     mapi::PR_RESOURCE_FLAGS,
          mapi::PR_RESOURCE_TYPE};
}

PropertyList StoreTableRow(const StoreInProfile& store, ULONG row_number) {
  return PropertyList({
      BooleanProperty(mapi::PR_DEFAULT_STORE, store.is_default),
      TextProperty(mapi::PR_DISPLAY_NAME_W, store.display_name),
      BinaryProperty(mapi::PR_ENTRYID, MakeEntryId(EntryKind::kStore, store.folder_name)),
      BinaryProperty(mapi::PR_INSTANCE_KEY, BytesOf(row_number)),
      BinaryProperty(mapi::PR_MDB_PROVIDER, ProviderUidBytes()),
      NumberProperty(mapi::PR_OBJECT_TYPE, mapi::MAPI_STORE),
      TextProperty(mapi::PR_PROVIDER_DISPLAY_W, kProviderDisplay),
      BinaryProperty(mapi::PR_RECORD_KEY, RecordKey(store)),
      NumberProperty(mapi::PR_RESOURCE_FLAGS, store.is_default ? mapi::STATUS_DEFAULT_STORE : 0),
      NumberProperty(mapi::PR_RESOURCE_TYPE, mapi::MAPI_STORE_PROVIDER),
  });
}

PropertyList StoreProperties(const StoreInProfile& store) {
  return PropertyList({
      TextProperty(mapi::PR_DISPLAY_NAME_W, store.display_name),
      BinaryProperty(mapi::PR_ENTRYID, MakeEntryId(EntryKind::kStore, store.folder_name)),
      NumberProperty(mapi::PR_OBJECT_TYPE, mapi::MAPI_STORE),
      BinaryProperty(mapi::PR_RECORD_KEY, RecordKey(store)),
      BinaryProperty(mapi::PR_STORE_ENTRYID, MakeEntryId(EntryKind::kStore, store.folder_name)),
      BinaryProperty(mapi::PR_STORE_RECORD_KEY, RecordKey(store)),
      BinaryProperty(mapi::PR_MDB_PROVIDER, ProviderUidBytes()),
      NumberProperty(mapi::PR_STORE_SUPPORT_MASK, mapi::STORE_ENTRYID_UNIQUE | mapi::STORE_UNICODE_OK),
      TextProperty(mapi::PR_PROVIDER_DISPLAY_W, kProviderDisplay),
      BooleanProperty(mapi::PR_DEFAULT_STORE, store.is_default),
  });
}

std::vector<PropertyList> StoreTableRows(std::vector<StoreInProfile> stores, const ProfileOptions& options) {
  if (options.rows) {
    const std::size_t real = stores.size();
    stores.resize(*options.rows);
    for (std::size_t i = real; i < stores.size(); ++i) {
      // No folder can have such a name, so the identifier stays without a store.
      stores[i].folder_name = L"<" + std::to_wstring(i + 1) + L">";
      stores[i].display_name = L"Store " + std::to_wstring(i + 1);
    }
  }
  std::vector<PropertyList> rows;
  rows.reserve(stores.size());
  for (std::size_t i = 0; i < stores.size(); ++i) {
    std::wstring& name = stores[i].display_name;
    if (name.size() < options.name_length) name.resize(options.name_length, L'x');
    rows.push_back(StoreTableRow(stores[i], static_cast<ULONG>(i + 1)));
  }
  return rows;
}

}  // namespace mapisync::sample
