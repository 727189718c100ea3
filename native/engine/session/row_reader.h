// Reads rows of MAPI's tables without trusting them: columns may be missing, of another type than asked for, errors,
// empty, or of any size. Portable; looks at nothing but the values, and at no more text or bytes than the limits say.
//
// A value is used only if its whole tag is one that is asked for: missing columns come as PT_ERROR with or without the
// identifier, or as PT_NULL, depending on whom one asks.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapitable-queryrows
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/rows.h"
#include "mapi/property_tags.h"
#include "mapi/structures.h"

namespace mapisync {

// Longer names are cut, never within a surrogate pair.
inline constexpr std::size_t kMaxNameUnits = 65536;
// A longer entry identifier is not believed.
inline constexpr std::size_t kMaxEntryIdBytes = 65536;

// Converts text of the system's ANSI code page.
using AnsiDecoder = std::u16string (*)(std::string_view text);

// The columns to ask for: names in both widths, for tables that know only one of them.
inline constexpr std::array<std::uint32_t, 8> kStoreColumns{
    mapi::PR_ENTRYID,        mapi::PR_DISPLAY_NAME_W,     mapi::PR_DISPLAY_NAME_A,     mapi::PR_DEFAULT_STORE,
    mapi::PR_RESOURCE_FLAGS, mapi::PR_PROVIDER_DISPLAY_W, mapi::PR_PROVIDER_DISPLAY_A, mapi::PR_MDB_PROVIDER};
inline constexpr std::array<std::uint32_t, 3> kProfileColumns{mapi::PR_DISPLAY_NAME_A, mapi::PR_DISPLAY_NAME_W,
                                                              mapi::PR_DEFAULT_PROFILE};
inline constexpr std::array<std::uint32_t, 3> kStatusColumns{mapi::PR_RESOURCE_TYPE, mapi::PR_DISPLAY_NAME_W,
                                                             mapi::PR_DISPLAY_NAME_A};

// Nothing for a row without a usable entry identifier: such a store cannot be opened. Without a name, it has the
// provider's.
std::optional<StoreRow> ReadStoreRow(std::span<const mapi::SPropValue> values, AnsiDecoder decode_ansi);

// Nothing for a row without a name.
std::optional<ProfileRow> ReadProfileRow(std::span<const mapi::SPropValue> values, AnsiDecoder decode_ansi);

// The name of the profile that the session was logged on with, if this row of the status table is the subsystem's.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/pidtagprofilename-canonical-property
std::optional<std::u16string> ReadProfileOfSession(std::span<const mapi::SPropValue> values, AnsiDecoder decode_ansi);

}  // namespace mapisync
