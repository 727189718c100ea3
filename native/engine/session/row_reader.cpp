#include "engine/session/row_reader.h"

#include <vector>

#include "mapi/flags.h"
#include "text/surrogates.h"

namespace mapisync {

namespace {

using Tag = std::uint32_t;

constexpr std::size_t kProviderUidBytes = 16;

template <typename Unit>
std::size_t LengthUpTo(const Unit* text, std::size_t limit) {
  std::size_t length = 0;
  while (length < limit && text[length] != 0) ++length;
  return length;
}

// One row's values, asked by tag.
class Row {
 public:
  Row(std::span<const mapi::SPropValue> values, AnsiDecoder decode_ansi) : values_(values), decode_ansi_(decode_ansi) {}

  // Whichever width is there and not empty.
  std::optional<std::u16string> Name(Tag wide_tag, Tag ansi_tag) const {
    if (const auto* value = Find(wide_tag); value != nullptr && value->Value.lpszW != nullptr) {
      // WCHAR is wchar_t on Windows and char16_t elsewhere: two bytes, both times.
      std::u16string name;
      const std::size_t length = LengthUpTo(value->Value.lpszW, kMaxNameUnits);
      name.assign(value->Value.lpszW, value->Value.lpszW + length);
      if (length == kMaxNameUnits && IsHighSurrogate(name.back())) name.pop_back();
      if (!name.empty()) return name;
    }
    if (const auto* value = Find(ansi_tag); value != nullptr && value->Value.lpszA != nullptr) {
      std::u16string name = decode_ansi_({value->Value.lpszA, LengthUpTo(value->Value.lpszA, kMaxNameUnits)});
      if (!name.empty()) return name;
    }
    return std::nullopt;
  }

  std::vector<std::uint8_t> Bytes(Tag tag, std::size_t limit) const {
    const auto* value = Find(tag);
    if (value == nullptr || value->Value.bin.lpb == nullptr || value->Value.bin.cb > limit) return {};
    return {value->Value.bin.lpb, value->Value.bin.lpb + value->Value.bin.cb};
  }

  bool Flag(Tag tag) const {
    const auto* value = Find(tag);
    return value != nullptr && value->Value.b != 0;
  }

  std::uint32_t Number(Tag tag) const {
    const auto* value = Find(tag);
    return value == nullptr ? 0 : static_cast<std::uint32_t>(value->Value.l);
  }

 private:
  const mapi::SPropValue* Find(Tag tag) const {
    for (const mapi::SPropValue& value : values_) {
      if (value.ulPropTag == tag) return &value;
    }
    return nullptr;
  }

  std::span<const mapi::SPropValue> values_;
  AnsiDecoder decode_ansi_;
};

}  // namespace

std::optional<StoreRow> ReadStoreRow(std::span<const mapi::SPropValue> values, AnsiDecoder decode_ansi) {
  const Row row(values, decode_ansi);
  StoreRow store;
  store.entry_id = row.Bytes(mapi::PR_ENTRYID, kMaxEntryIdBytes);
  if (store.entry_id.empty()) return std::nullopt;
  store.provider_name = row.Name(mapi::PR_PROVIDER_DISPLAY_W, mapi::PR_PROVIDER_DISPLAY_A);
  store.display_name =
      row.Name(mapi::PR_DISPLAY_NAME_W, mapi::PR_DISPLAY_NAME_A).value_or(store.provider_name.value_or(u""));
  store.is_default =
      row.Flag(mapi::PR_DEFAULT_STORE) || (row.Number(mapi::PR_RESOURCE_FLAGS) & mapi::STATUS_DEFAULT_STORE) != 0;
  store.provider_uid = row.Bytes(mapi::PR_MDB_PROVIDER, kProviderUidBytes);
  if (store.provider_uid.size() != kProviderUidBytes) store.provider_uid.clear();
  return store;
}

std::optional<ProfileRow> ReadProfileRow(std::span<const mapi::SPropValue> values, AnsiDecoder decode_ansi) {
  const Row row(values, decode_ansi);
  auto name = row.Name(mapi::PR_DISPLAY_NAME_W, mapi::PR_DISPLAY_NAME_A);
  if (!name) return std::nullopt;
  return ProfileRow{std::move(*name), row.Flag(mapi::PR_DEFAULT_PROFILE)};
}

std::optional<std::u16string> ReadProfileOfSession(std::span<const mapi::SPropValue> values, AnsiDecoder decode_ansi) {
  const Row row(values, decode_ansi);
  if (row.Number(mapi::PR_RESOURCE_TYPE) != mapi::MAPI_SUBSYSTEM) return std::nullopt;
  return row.Name(mapi::PR_DISPLAY_NAME_W, mapi::PR_DISPLAY_NAME_A);
}

}  // namespace mapisync
