// HRESULTs as the engine carries them: unsigned. Portable.
#pragma once

#include <cstdint>

#include "mapi/codes.h"

namespace mapisync {

constexpr std::uint32_t Unsigned(std::int32_t hresult) { return static_cast<std::uint32_t>(hresult); }
constexpr bool IsFailure(std::uint32_t hresult) { return (hresult & 0x80000000) != 0; }

inline constexpr std::uint32_t kOk = 0;
inline constexpr std::uint32_t kCallFailed = Unsigned(mapi::MAPI_E_CALL_FAILED);
inline constexpr std::uint32_t kBusy = Unsigned(mapi::MAPI_E_BUSY);
inline constexpr std::uint32_t kUserCancel = Unsigned(mapi::MAPI_E_USER_CANCEL);
inline constexpr std::uint32_t kTimedOut = Unsigned(mapi::MAPI_E_TIMEOUT);

}  // namespace mapisync
