// Rows of MAPI's tables: any values of any type under any tag. Every text and every run of bytes has an allocation of
// its own, so that the address sanitizer sees one unit read too many.
#include "engine/session/row_reader.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace {

using mapi::SPropValue;

void Hold(bool promise) {
  if (!promise) std::abort();
}

// Takes values off the front of the input; zeros when it is used up.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : rest_(data, size) {}

  bool empty() const { return rest_.empty(); }

  std::span<const std::uint8_t> Bytes(std::size_t count) {
    const auto taken = rest_.first(std::min(count, rest_.size()));
    rest_ = rest_.subspan(taken.size());
    return taken;
  }

  template <typename T>
  T Take() {
    T value{};
    const auto bytes = Bytes(sizeof(T));
    std::memcpy(&value, bytes.data(), bytes.size());
    return value;
  }

 private:
  std::span<const std::uint8_t> rest_;
};

// The values of a row, and all that they point to.
class Row {
 public:
  explicit Row(Input input) {
    while (!input.empty()) Add(&input);
  }

  std::span<const SPropValue> values() const { return values_; }

 private:
  static constexpr std::uint32_t kTags[] = {
      mapi::PR_ENTRYID,         mapi::PR_DISPLAY_NAME_W,     mapi::PR_DISPLAY_NAME_A,     mapi::PR_DEFAULT_STORE,
      mapi::PR_RESOURCE_FLAGS,  mapi::PR_PROVIDER_DISPLAY_W, mapi::PR_PROVIDER_DISPLAY_A, mapi::PR_MDB_PROVIDER,
      mapi::PR_DEFAULT_PROFILE, mapi::PR_RESOURCE_TYPE};
  static constexpr std::uint32_t kTypeMask = 0xFFFF;

  void Add(Input* input) {
    SPropValue value = {};
    const auto choice = input->Take<std::uint8_t>();
    value.ulPropTag = choice < 0xC0 ? kTags[choice % std::size(kTags)] : input->Take<std::uint32_t>();
    // A real tag with another type is what tables with errors in them have.
    if (choice % 7 == 0) value.ulPropTag = (value.ulPropTag & ~kTypeMask) | input->Take<std::uint16_t>();
    Fill(input, &value);
    values_.push_back(value);
  }

  void Fill(Input* input, SPropValue* value) {
    const bool is_null = input->Take<std::uint8_t>() % 8 == 0;
    switch (value->ulPropTag & kTypeMask) {
      case mapi::PT_UNICODE:
        value->Value.lpszW = is_null ? nullptr : Text<char16_t>(input);
        break;
      case mapi::PT_STRING8:
        value->Value.lpszA = is_null ? nullptr : Text<char>(input);
        break;
      case mapi::PT_BINARY: {
        const auto bytes = input->Bytes(input->Take<std::uint16_t>() % 300);
        auto* copy = Keep(bytes.size());
        std::copy(bytes.begin(), bytes.end(), copy);
        value->Value.bin.lpb = is_null ? nullptr : copy;
        value->Value.bin.cb = is_null ? input->Take<std::uint32_t>() : static_cast<std::uint32_t>(bytes.size());
        break;
      }
      default:
        value->Value.li.QuadPart = input->Take<std::int64_t>();
    }
  }

  // A text that ends where its allocation does.
  template <typename Unit>
  Unit* Text(Input* input) {
    const auto bytes = input->Bytes(input->Take<std::uint16_t>() % 2000);
    const std::size_t length = bytes.size() / sizeof(Unit);
    auto* text = reinterpret_cast<Unit*>(Keep((length + 1) * sizeof(Unit)));
    std::memcpy(text, bytes.data(), length * sizeof(Unit));
    text[length] = 0;
    return text;
  }

  std::uint8_t* Keep(std::size_t size) {
    kept_.push_back(std::make_unique<std::uint8_t[]>(size));
    return kept_.back().get();
  }

  std::vector<SPropValue> values_;
  std::vector<std::unique_ptr<std::uint8_t[]>> kept_;
};

std::u16string DecodeAnsi(std::string_view text) { return {text.begin(), text.end()}; }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Row row(Input(data, size));
  if (const auto store = mapisync::ReadStoreRow(row.values(), &DecodeAnsi)) {
    Hold(!store->entry_id.empty() && store->entry_id.size() <= mapisync::kMaxEntryIdBytes);
    Hold(store->display_name.size() <= mapisync::kMaxNameUnits);
    Hold(store->provider_uid.empty() || store->provider_uid.size() == 16);
  }
  if (const auto profile = mapisync::ReadProfileRow(row.values(), &DecodeAnsi)) {
    Hold(!profile->name.empty() && profile->name.size() <= mapisync::kMaxNameUnits);
  }
  if (const auto name = mapisync::ReadProfileOfSession(row.values(), &DecodeAnsi)) Hold(!name->empty());
  return 0;
}
