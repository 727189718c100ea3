// The Windows types that the MAPI structures are made of.
//
// On Windows they are the SDK's. Elsewhere the same names stand for types of the same sizes, so that code which only
// reads MAPI structures can be tested, fuzzed and sanitized on any machine; whatever needs IUnknown exists on Windows
// alone.
#pragma once

#include <cstdint>

#ifdef _WIN32

#include <windows.h>
// After windows.h: IUnknown, which WIN32_LEAN_AND_MEAN leaves out.
#include <unknwn.h>

namespace mapi {
// A 32-bit status value; the same numbers as HRESULT.
using SCODE = LONG;
}  // namespace mapi

#else

namespace mapi {

using BYTE = std::uint8_t;
using ULONG = std::uint32_t;
using LONG = std::int32_t;
using HRESULT = std::int32_t;
using SCODE = std::int32_t;
using ULONG_PTR = std::uintptr_t;
using CHAR = char;
using WCHAR = char16_t;

struct GUID {
  std::uint32_t Data1;
  std::uint16_t Data2;
  std::uint16_t Data3;
  std::uint8_t Data4[8];
};

struct FILETIME {
  ULONG dwLowDateTime;
  ULONG dwHighDateTime;
};

union LARGE_INTEGER {
  std::int64_t QuadPart;
};

}  // namespace mapi

#endif
