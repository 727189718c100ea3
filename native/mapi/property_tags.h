// Property types, and the tags of the properties that are read or offered here. A tag is its identifier << 16 | its
// type.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapi-property-tags
#pragma once

#include "mapi/platform.h"

namespace mapi {

inline constexpr ULONG PT_UNSPECIFIED = 0x0;
inline constexpr ULONG PT_NULL = 0x1;
inline constexpr ULONG PT_I2 = 0x2;
inline constexpr ULONG PT_LONG = 0x3;
inline constexpr ULONG PT_R4 = 0x4;
inline constexpr ULONG PT_DOUBLE = 0x5;
inline constexpr ULONG PT_ERROR = 0xA;
inline constexpr ULONG PT_BOOLEAN = 0xB;
inline constexpr ULONG PT_OBJECT = 0xD;
inline constexpr ULONG PT_I8 = 0x14;
inline constexpr ULONG PT_STRING8 = 0x1E;
inline constexpr ULONG PT_UNICODE = 0x1F;
inline constexpr ULONG PT_SYSTIME = 0x40;
inline constexpr ULONG PT_CLSID = 0x48;
inline constexpr ULONG PT_BINARY = 0x102;

constexpr ULONG PROP_TAG(ULONG type, ULONG id) { return id << 16 | type; }
constexpr ULONG PROP_TYPE(ULONG tag) { return tag & 0xFFFF; }
constexpr ULONG PROP_ID(ULONG tag) { return tag >> 16; }
constexpr ULONG CHANGE_PROP_TYPE(ULONG tag, ULONG type) { return (tag & 0xFFFF0000) | type; }

inline constexpr ULONG PR_NULL = 0x00000001;
inline constexpr ULONG PR_ENTRYID = 0x0FFF0102;
inline constexpr ULONG PR_OBJECT_TYPE = 0x0FFE0003;
inline constexpr ULONG PR_STORE_ENTRYID = 0x0FFB0102;
inline constexpr ULONG PR_STORE_RECORD_KEY = 0x0FFA0102;
inline constexpr ULONG PR_RECORD_KEY = 0x0FF90102;
inline constexpr ULONG PR_INSTANCE_KEY = 0x0FF60102;
inline constexpr ULONG PR_ROWID = 0x30000003;
inline constexpr ULONG PR_DISPLAY_NAME_W = 0x3001001F;
inline constexpr ULONG PR_DISPLAY_NAME_A = 0x3001001E;
inline constexpr ULONG PR_PROVIDER_DISPLAY_W = 0x3006001F;
inline constexpr ULONG PR_PROVIDER_DISPLAY_A = 0x3006001E;
inline constexpr ULONG PR_RESOURCE_FLAGS = 0x30090003;
inline constexpr ULONG PR_PROVIDER_DLL_NAME_W = 0x300A001F;
inline constexpr ULONG PR_DEFAULT_STORE = 0x3400000B;
inline constexpr ULONG PR_STORE_SUPPORT_MASK = 0x340D0003;
inline constexpr ULONG PR_MDB_PROVIDER = 0x34140102;
inline constexpr ULONG PR_DEFAULT_PROFILE = 0x3D04000B;
inline constexpr ULONG PR_RESOURCE_METHODS = 0x3E020003;
inline constexpr ULONG PR_RESOURCE_TYPE = 0x3E030003;
inline constexpr ULONG PR_STATUS_CODE = 0x3E040003;
inline constexpr ULONG PR_STATUS_STRING_W = 0x3E08001F;

}  // namespace mapi
