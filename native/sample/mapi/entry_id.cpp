#include "sample/mapi/entry_id.h"

#include <cstring>

#include "mapi/codes.h"
#include "mapi/flags.h"
#include "windows/text_encoding.h"

namespace mapisync::sample {
namespace {

constexpr std::size_t kUidEnd = kEntryIdFlagsSize + sizeof(mapi::MAPIUID);
constexpr std::size_t kKindEnd = kUidEnd + 1;
constexpr std::size_t kHeadSize = kKindEnd + 4;

// FNV-1a, over the kind and the name.
std::uint32_t CheckSum(EntryKind kind, std::string_view name) {
  std::uint32_t sum = 2166136261U;
  const auto add = [&sum](std::uint8_t byte) { sum = (sum ^ byte) * 16777619U; };
  add(static_cast<std::uint8_t>(kind));
  for (const char c : name) add(static_cast<std::uint8_t>(c));
  return sum;
}

}  // namespace

std::vector<std::uint8_t> MakeEntryId(EntryKind kind, std::wstring_view name) {
  const std::string bytes = ReversibleUtf8FromWide(name);
  std::vector<std::uint8_t> result(kHeadSize + bytes.size());
  std::memcpy(result.data() + kEntryIdFlagsSize, &kProviderUid, sizeof(kProviderUid));
  result[kUidEnd] = static_cast<std::uint8_t>(kind);
  const std::uint32_t sum = CheckSum(kind, bytes);
  for (std::size_t i = 0; i < 4; ++i) result[kKindEnd + i] = static_cast<std::uint8_t>(sum >> 8 * i);
  std::memcpy(result.data() + kHeadSize, bytes.data(), bytes.size());
  return result;
}

std::vector<std::uint8_t> AliasOfEntryId(std::vector<std::uint8_t> entry_id, std::uint16_t alias) {
  entry_id[0] = mapi::MAPI_SHORTTERM;
  entry_id[1] = static_cast<std::uint8_t>(alias);
  entry_id[2] = static_cast<std::uint8_t>(alias >> 8);
  return entry_id;
}

EntryIdProblem ReadEntryId(const mapi::ENTRYID* entry_id, std::uint32_t size, EntryName* result) {
  if (size < kUidEnd) return EntryIdProblem::kMalformed;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(entry_id);
  if (std::memcmp(bytes + kEntryIdFlagsSize, &kProviderUid, sizeof(kProviderUid)) != 0) return EntryIdProblem::kForeign;
  if (size < kHeadSize) return EntryIdProblem::kMalformed;
  const std::string_view name(reinterpret_cast<const char*>(bytes) + kHeadSize, size - kHeadSize);
  const auto kind = static_cast<EntryKind>(bytes[kUidEnd]);
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < 4; ++i) sum |= static_cast<std::uint32_t>(bytes[kKindEnd + i]) << 8 * i;
  if (sum != CheckSum(kind, name)) return EntryIdProblem::kMalformed;
  result->kind = kind;
  result->name = WideFromReversibleUtf8(name);
  return EntryIdProblem::kNone;
}

mapi::SCODE CompareEntryIds(EntryIdArgument first, EntryIdArgument second, std::uint32_t flags,
                            std::uint32_t* equal) noexcept {
  if (equal == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  *equal = 0;
  if (flags != 0) return mapi::MAPI_E_UNKNOWN_FLAGS;
  if (first.entry_id == nullptr || second.entry_id == nullptr) return mapi::MAPI_E_INVALID_PARAMETER;
  const bool are_equal = first.size == second.size && first.size >= kEntryIdFlagsSize &&
                         std::memcmp(first.entry_id->ab, second.entry_id->ab, first.size - kEntryIdFlagsSize) == 0;
  if (are_equal) *equal = 1;
  return 0;
}

}  // namespace mapisync::sample
