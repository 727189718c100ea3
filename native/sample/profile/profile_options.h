// options.txt in a profile's folder: how this profile's session and tables misbehave, for tests. One option a line; TAG
// and the other numbers are decimal or 0x hexadecimal, and of a TAG only the identifier counts.
//
//   rows N                the store table has N rows: the profile's stores, then invented ones that cannot be opened
//   name-length N         every display name is filled up to N characters
//   missing TAG           the rows have no such property
//   error TAG HRESULT     the rows have an error in its place
//   null TAG              the rows have a PT_NULL without an identifier in its place
//   fewer-values          each row has one value less than there are columns
//   one-row-at-a-time     QueryRows returns a single row however many are asked for
//   no-row-count          GetRowCount is not supported
//   approximate-row-count GetRowCount answers twice the number, and MAPI_W_APPROX_COUNT
//   ansi-only             tables and GetLastError refuse MAPI_UNICODE
//   logon HRESULT         MAPILogonEx answers this
//   block-logon           MAPILogonEx never returns
//   block-logoff          IMAPISession::Logoff never returns
//   slow-logoff MS        IMAPISession::Logoff waits so long before it begins
//   open-store HRESULT    OpenMsgStore answers this
//   refuse-open-flags N   OpenMsgStore answers MAPI_E_UNKNOWN_FLAGS where one of these flags is set
//   alias-entry-ids       each store table has other entry identifiers for the same stores: only CompareEntryIDs tells
//   busy N                the session's first N calls of SynchronizeInBackground answer MAPI_E_BUSY
//   books                 books.json in the profile's folder has the counters of the process; see books.h
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mapisync::sample {

struct PropertyQuirk {
  enum class Kind : std::uint8_t { kMissing, kError, kNull };
  Kind kind = Kind::kMissing;
  std::uint32_t tag = 0;
  std::uint32_t error = 0;
};

struct ProfileOptions {
  std::optional<std::uint32_t> rows;
  std::uint32_t name_length = 0;
  std::vector<PropertyQuirk> properties;
  bool fewer_values = false;
  bool one_row_at_a_time = false;
  bool no_row_count = false;
  bool approximate_row_count = false;
  bool ansi_only = false;
  std::optional<std::uint32_t> logon_result;
  bool block_logon = false;
  bool block_logoff = false;
  std::optional<std::uint32_t> open_store_result;
  std::uint32_t refused_open_flags = 0;
  std::uint32_t slow_logoff_ms = 0;
  bool alias_entry_ids = false;
  std::uint32_t busy_answers = 0;
  bool books = false;
};

struct ProfileOptionError {
  int line = 0;
  std::string text;
};

// Blank lines and lines that start with # are ignored. Answers what is wrong, or nothing; `*options` is whole only
// then.
std::optional<ProfileOptionError> ParseProfileOptions(std::string_view source, ProfileOptions* options);

}  // namespace mapisync::sample
