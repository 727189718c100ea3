// The sample's entry identifiers: four bytes of flags, the provider's UID, what kind of thing it is, a check sum, and a
// name. The same name gives the same identifier in every session, so they are long-term ones, and their flags are zero.
// The option `alias-entry-ids` sets flags: such an identifier is a short-term one of the same thing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mapi/structures.h"

namespace mapisync::sample {

// What PR_MDB_PROVIDER says of every store of the sample.
inline constexpr mapi::MAPIUID kProviderUid = {
    {0x6D, 0x61, 0x70, 0x69, 0x73, 0x79, 0x6E, 0x63, 0x2D, 0x73, 0x61, 0x6D, 0x70, 0x6C, 0x65, 0x01}};

enum class EntryKind : std::uint8_t { kStore = 'S', kSubsystem = 'M', kSpooler = 'Q', kStoreStatus = 'V' };

struct EntryName {
  EntryKind kind = EntryKind::kStore;
  std::wstring name;
};

enum class EntryIdProblem : std::uint8_t {
  kNone,
  kMalformed,  // too short, or damaged
  kForeign,    // another provider's
};

std::vector<std::uint8_t> MakeEntryId(EntryKind kind, std::wstring_view name);

inline constexpr std::size_t kEntryIdFlagsSize = sizeof(mapi::ENTRYID::abFlags);

// Another identifier of the same thing; `alias` tells several of them apart.
std::vector<std::uint8_t> AliasOfEntryId(std::vector<std::uint8_t> entry_id, std::uint16_t alias);

// `size` bytes that came from a client.
EntryIdProblem ReadEntryId(const mapi::ENTRYID* entry_id, std::uint32_t size, EntryName* result);

struct EntryIdArgument {
  const mapi::ENTRYID* entry_id = nullptr;
  std::uint32_t size = 0;
};

// The body of every CompareEntryIDs method, `equal` being a Boolean: the flags in front of an identifier make no
// difference.
mapi::SCODE CompareEntryIds(EntryIdArgument first, EntryIdArgument second, std::uint32_t flags,
                            std::uint32_t* equal) noexcept;

}  // namespace mapisync::sample
