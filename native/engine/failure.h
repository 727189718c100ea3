// One failure of a MAPI call, or of the look-up of MAPI, as it travels through the engine. It becomes a JavaScript
// error in one place, in the addon. Portable.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <variant>

namespace mapisync {

struct Failure {
  // The call that failed, such as "IMAPISession::OpenMsgStore".
  std::string operation;
  // Unsigned, as everywhere outside of the COM calls themselves.
  std::uint32_t hresult = 0;
  // What the object's GetLastError said, or what the look-up found; empty where there is nothing.
  std::u16string detail;
  // A code of ours (MAPI_NOT_INSTALLED, MAPI_WRONG_BITNESS, MAPI_MISSING_DEPENDENCY, MAPI_NOT_A_MAPI_DLL, MAPI_CLOSED),
  // or empty: the HRESULT's name is the code.
  std::string symbol;
};

template <typename T>
using Outcome = std::variant<T, Failure>;

// Called once, on a thread of the engine, under no lock.
template <typename T>
using Reply = std::function<void(Outcome<T>)>;

}  // namespace mapisync
