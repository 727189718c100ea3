// UTF-16 to UTF-8, for the few engine texts that are kept in UTF-8. Portable.
#pragma once

#include <string>
#include <string_view>

namespace mapisync {

// A surrogate without its partner becomes U+FFFD.
std::string ToUtf8(std::u16string_view text);

}  // namespace mapisync
