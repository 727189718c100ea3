// Holds every declaration of native/mapi/ against abi-facts.tsv. Compiling is the test, for x64 and for ia32: a size,
// offset, value or IID that differs fails a static_assert, a method in another vtable slot the error attribute. The
// checks come from abi_checks.mjs.
//
// A test for mingw-w64 alone, with optimisation: it reads a pointer to a virtual method as the Itanium C++ ABI spells
// it.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>

#include "mapi/mapi.h"

namespace {

constexpr std::uint32_t HexDigits(const char* text, int count) {
  std::uint32_t value = 0;
  for (int i = 0; i < count; ++i) {
    const char c = text[i];
    value = value << 4 | static_cast<std::uint32_t>(c <= '9' ? c - '0' : c - 'A' + 10);
  }
  return value;
}

// `text` is {XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX}.
constexpr bool Spells(const GUID& guid, const char* text) {
  if (guid.Data1 != HexDigits(text + 1, 8) || guid.Data2 != HexDigits(text + 10, 4) ||
      guid.Data3 != HexDigits(text + 15, 4)) {
    return false;
  }
  for (int i = 0; i < 8; ++i) {
    if (guid.Data4[i] != HexDigits(text + (i < 2 ? 20 : 21) + 2 * i, 2)) return false;
  }
  return true;
}

// A pointer to a virtual method is 1 plus the method's offset in the vtable; the optimiser folds this to a constant.
template <typename Method>
inline std::size_t SlotOf(Method method) {
  std::size_t bits = 0;
  std::memcpy(&bits, &method, sizeof(bits));
  return (bits - 1) / sizeof(void*);
}

}  // namespace

#include "abi_checks.inc"

static_assert(mapi::PROP_TAG(mapi::PT_BINARY, 0x0FFF) == mapi::PR_ENTRYID);
static_assert(mapi::PROP_TYPE(mapi::PR_DISPLAY_NAME_W) == mapi::PT_UNICODE);
static_assert(mapi::PROP_ID(mapi::PR_DISPLAY_NAME_W) == 0x3001);
static_assert(mapi::CHANGE_PROP_TYPE(mapi::PR_DISPLAY_NAME_W, mapi::PT_STRING8) == mapi::PR_DISPLAY_NAME_A);
static_assert(Spells(mapi::IID_IMAPIClientShutdown, "{00020397-0000-0000-C000-000000000046}"));

int main() {
  std::printf("ok native/mapi/ agrees with %d facts (%u bits)\n", kFactCount, static_cast<unsigned>(8 * sizeof(void*)));
  return 0;
}
