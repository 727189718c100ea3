#include "host/rows_on_wire.h"

#include <utility>

#include "events/event_text.h"
#include "text/surrogates.h"
#include "text/utf8.h"

namespace mapisync {

namespace {

std::u16string Cut(std::u16string text, std::size_t most_units) {
  if (text.size() <= most_units) return text;
  const std::size_t length = most_units - 1;
  text.resize(IsPairAt(text, length - 1) ? length - 1 : length);
  text.push_back(kEllipsis);
  return text;
}

}  // namespace

std::u16string OnWire(std::u16string name) { return Cut(std::move(name), kMaxNameUnits); }

std::optional<std::u16string> OnWire(std::optional<std::u16string> name) {
  if (name) name = OnWire(*std::move(name));
  return name;
}

std::u16string OnWire(std::string_view utf8) {
  std::u16string text;
  // What is no UTF-8 becomes an empty text: the engine makes none.
  static_cast<void>(AppendUtf16(utf8, &text));
  return OnWire(std::move(text));
}

wire::Profile OnWire(const ProfileRow& row) { return {OnWire(row.name), row.is_default}; }

wire::StoreRow OnWire(const StoreRow& row) {
  return {row.entry_id, OnWire(row.display_name), row.is_default, row.provider_uid, OnWire(row.provider_name)};
}

wire::LoggedOn OnWire(std::uint32_t id, const SessionInfo& info) {
  return {id, OnWire(info.profile), OnWire(info.mapi_path), OnWire(info.mapi_version), OnWire(info.found_by)};
}

wire::Failed OnWire(std::uint32_t id, const Failure& failure) {
  return {id, OnWire(failure.operation), failure.hresult, Cut(failure.detail, wire::kMaxTextUnits),
          OnWire(failure.symbol)};
}

}  // namespace mapisync
