// Rows as tables hand them out, the impossible ones included.
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "check.h"
#include "engine/session/row_reader.h"

namespace mapisync {
namespace {

std::u16string FromLatin1(std::string_view text) {
  std::u16string wide;
  for (const char byte : text) wide += static_cast<char16_t>(static_cast<unsigned char>(byte));
  return wide;
}

// Values, and what they point to.
class Row {
 public:
  Row& Wide(std::uint32_t tag, std::u16string text) {
    texts_.push_back(std::make_unique<std::u16string>(std::move(text)));
    Add(tag).lpszW = texts_.back()->data();
    return *this;
  }
  Row& Ansi(std::uint32_t tag, std::string text) {
    bytes_.push_back(std::make_unique<std::string>(std::move(text)));
    Add(tag).lpszA = bytes_.back()->data();
    return *this;
  }
  Row& Binary(std::uint32_t tag, std::string data) {
    bytes_.push_back(std::make_unique<std::string>(std::move(data)));
    Add(tag).bin = {static_cast<mapi::ULONG>(bytes_.back()->size()),
                    reinterpret_cast<mapi::BYTE*>(bytes_.back()->data())};
    return *this;
  }
  Row& Flag(std::uint32_t tag, std::uint16_t value) {
    Add(tag).b = value;
    return *this;
  }
  Row& Number(std::uint32_t tag, std::int32_t value) {
    Add(tag).l = value;
    return *this;
  }
  Row& Error(std::uint32_t tag) {
    Add(mapi::CHANGE_PROP_TYPE(tag, mapi::PT_ERROR)).err = static_cast<mapi::SCODE>(0x8004010F);
    return *this;
  }
  mapi::PropertyValue& Add(std::uint32_t tag) {
    values_.push_back({});
    values_.back().ulPropTag = tag;
    return values_.back().Value;
  }

  std::optional<StoreRow> Store() const { return ReadStoreRow(values_, &FromLatin1); }
  std::optional<ProfileRow> Profile() const { return ReadProfileRow(values_, &FromLatin1); }
  std::optional<std::u16string> Session() const { return ReadProfileOfSession(values_, &FromLatin1); }

 private:
  std::vector<mapi::SPropValue> values_;
  std::vector<std::unique_ptr<std::u16string>> texts_;
  std::vector<std::unique_ptr<std::string>> bytes_;
};

const std::string kUid = "0123456789abcdef";

CASE("a whole row is read") {
  Row row;
  row.Binary(mapi::PR_ENTRYID, "id").Wide(mapi::PR_DISPLAY_NAME_W, u"Postfach").Flag(mapi::PR_DEFAULT_STORE, 1);
  row.Wide(mapi::PR_PROVIDER_DISPLAY_W, u"Sample").Binary(mapi::PR_MDB_PROVIDER, kUid);
  const auto store = row.Store();
  CHECK(store && store->entry_id == std::vector<std::uint8_t>({'i', 'd'}) && store->display_name == u"Postfach");
  CHECK(store->is_default && store->provider_name == u"Sample");
  CHECK(std::string(store->provider_uid.begin(), store->provider_uid.end()) == kUid);
}

CASE("a store without an entry identifier is none") {
  CHECK(!Row().Store());
  CHECK(!Row().Wide(mapi::PR_DISPLAY_NAME_W, u"Name").Store());
  CHECK(!Row().Error(mapi::PR_ENTRYID).Store());
  CHECK(!Row().Binary(mapi::PR_ENTRYID, "").Store());
  Row null;
  null.Add(mapi::PR_ENTRYID).bin = {16, nullptr};
  CHECK(!null.Store());
  Row huge;
  mapi::BYTE byte = 0;
  huge.Add(mapi::PR_ENTRYID).bin = {0xFFFFFFFF, &byte};
  CHECK(!huge.Store());
}

CASE("columns that are missing, errors, PT_NULL or of another type are as if they were not there") {
  Row row;
  row.Binary(mapi::PR_ENTRYID, "id").Error(mapi::PR_DISPLAY_NAME_W).Error(mapi::PR_PROVIDER_DISPLAY_W);
  row.Error(mapi::PR_DEFAULT_STORE).Number(mapi::PR_NULL, 0).Number(mapi::PT_ERROR, 5);
  row.Number(mapi::CHANGE_PROP_TYPE(mapi::PR_DISPLAY_NAME_W, mapi::PT_LONG), 0x7FFFFFFF);
  row.Number(mapi::CHANGE_PROP_TYPE(mapi::PR_MDB_PROVIDER, mapi::PT_I8), -1);
  const auto store = row.Store();
  CHECK(store && store->display_name.empty() && !store->provider_name && !store->is_default);
  CHECK(store->provider_uid.empty());
}

CASE("a name in ANSI serves where there is none in UTF-16, or an empty or NULL one") {
  Row row;
  row.Binary(mapi::PR_ENTRYID, "id").Ansi(mapi::PR_DISPLAY_NAME_A, "caf\xE9");
  CHECK(row.Store()->display_name == u"café");
  Row empty;
  empty.Binary(mapi::PR_ENTRYID, "id").Wide(mapi::PR_DISPLAY_NAME_W, u"").Ansi(mapi::PR_DISPLAY_NAME_A, "x");
  CHECK(empty.Store()->display_name == u"x");
  Row null;
  null.Binary(mapi::PR_ENTRYID, "id").Add(mapi::PR_DISPLAY_NAME_W).lpszW = nullptr;
  null.Ansi(mapi::PR_DISPLAY_NAME_A, "y");
  CHECK(null.Store()->display_name == u"y");
}

CASE("a store without a name has its provider's") {
  Row row;
  row.Binary(mapi::PR_ENTRYID, "id").Wide(mapi::PR_PROVIDER_DISPLAY_W, u"Provider");
  CHECK(row.Store()->display_name == u"Provider");
}

CASE("the default store is told by either of two columns") {
  CHECK(Row().Binary(mapi::PR_ENTRYID, "id").Flag(mapi::PR_DEFAULT_STORE, 0x0100).Store()->is_default);
  CHECK(Row().Binary(mapi::PR_ENTRYID, "id").Number(mapi::PR_RESOURCE_FLAGS, 0x1002).Store()->is_default);
  CHECK(!Row().Binary(mapi::PR_ENTRYID, "id").Number(mapi::PR_RESOURCE_FLAGS, 0x1001).Store()->is_default);
}

CASE("a provider's UID that has not 16 bytes is none") {
  CHECK(Row().Binary(mapi::PR_ENTRYID, "id").Binary(mapi::PR_MDB_PROVIDER, kUid + "x").Store()->provider_uid.empty());
  CHECK(Row().Binary(mapi::PR_ENTRYID, "id").Binary(mapi::PR_MDB_PROVIDER, "short").Store()->provider_uid.empty());
}

CASE("a name of 32,000 characters is kept; a longer one than the limit is cut, and no pair is halved") {
  const std::u16string name(32000, u'n');
  CHECK(Row().Binary(mapi::PR_ENTRYID, "id").Wide(mapi::PR_DISPLAY_NAME_W, name).Store()->display_name == name);
  const std::u16string endless(kMaxNameUnits + 1000, u'n');
  CHECK(Row().Binary(mapi::PR_ENTRYID, "id").Wide(mapi::PR_DISPLAY_NAME_W, endless).Store()->display_name.size() ==
        kMaxNameUnits);
  const std::u16string paired = std::u16string(kMaxNameUnits - 1, u'n') + u"😀";
  CHECK(Row().Binary(mapi::PR_ENTRYID, "id").Wide(mapi::PR_DISPLAY_NAME_W, paired).Store()->display_name.size() ==
        kMaxNameUnits - 1);
}

CASE("lone surrogates and U+FFFF in names are passed on") {
  const char16_t odd[] = {0xD800, 0xFFFF, u'x', 0};
  CHECK(Row().Binary(mapi::PR_ENTRYID, "id").Wide(mapi::PR_DISPLAY_NAME_W, odd).Store()->display_name == odd);
}

CASE("the first of several values with one tag counts") {
  Row row;
  row.Binary(mapi::PR_ENTRYID, "a").Binary(mapi::PR_ENTRYID, "b");
  CHECK(row.Store()->entry_id == std::vector<std::uint8_t>{'a'});
}

CASE("profiles: a row without a name is none") {
  CHECK(!Row().Flag(mapi::PR_DEFAULT_PROFILE, 1).Profile());
  const auto profile = Row().Ansi(mapi::PR_DISPLAY_NAME_A, "Outlook").Flag(mapi::PR_DEFAULT_PROFILE, 1).Profile();
  CHECK(profile && profile->name == u"Outlook" && profile->is_default);
}

CASE("the session's profile is the subsystem's name, and no other row's") {
  CHECK(Row().Number(mapi::PR_RESOURCE_TYPE, 39).Wide(mapi::PR_DISPLAY_NAME_W, u"Work").Session() == u"Work");
  CHECK(!Row().Number(mapi::PR_RESOURCE_TYPE, 37).Wide(mapi::PR_DISPLAY_NAME_W, u"Spooler").Session());
  CHECK(!Row().Wide(mapi::PR_DISPLAY_NAME_W, u"Work").Session());
  CHECK(!Row().Number(mapi::PR_RESOURCE_TYPE, 39).Session());
}

CASE("random rows are read without touching what is not theirs") {
  std::mt19937 random(20101);
  const std::uint32_t ids[] = {0x0FFF, 0x3001, 0x3006, 0x3400, 0x3009, 0x3414, 0x3D04, 0x3E03, 0, 0xFFFF};
  const std::uint32_t types[] = {mapi::PT_BINARY, mapi::PT_UNICODE, mapi::PT_STRING8, mapi::PT_ERROR,
                                 mapi::PT_NULL,   mapi::PT_LONG,    mapi::PT_BOOLEAN};
  for (int round = 0; round < 20000; ++round) {
    Row row;
    for (std::uint32_t count = random() % 12; count > 0; --count) {
      const std::uint32_t tag = mapi::PROP_TAG(types[random() % std::size(types)], ids[random() % std::size(ids)]);
      const std::size_t size = random() % 40;
      switch (mapi::PROP_TYPE(tag)) {
        case mapi::PT_BINARY:
          row.Binary(tag, std::string(size, 'b'));
          break;
        case mapi::PT_UNICODE:
          row.Wide(tag, std::u16string(size, static_cast<char16_t>(random())));
          break;
        case mapi::PT_STRING8:
          row.Ansi(tag, std::string(size, static_cast<char>(random())));
          break;
        default:
          // Where a pointer would be, there is none.
          row.Number(tag, static_cast<std::int32_t>(random()));
      }
    }
    const auto store = row.Store();
    CHECK(!store || !store->entry_id.empty());
    row.Profile();
    row.Session();
  }
}

}  // namespace
}  // namespace mapisync

int main(int argc, char** argv) { return mapisync::check::Main(argc, argv); }
