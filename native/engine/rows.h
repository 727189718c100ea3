// What the tables of MAPI say about profiles and stores. Portable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mapisync {

struct ProfileRow {
  std::u16string name;
  bool is_default = false;
};

struct StoreRow {
  std::vector<std::uint8_t> entry_id;
  std::u16string display_name;
  bool is_default = false;
  // PR_MDB_PROVIDER's 16 bytes in their order; empty where the table has none.
  std::vector<std::uint8_t> provider_uid;
  std::optional<std::u16string> provider_name;
};

}  // namespace mapisync
