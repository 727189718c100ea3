// MAPI's status codes. Some share their number with a code of OLE's (0x80040111 is CLASS_E_CLASSNOTAVAILABLE as well),
// so Windows' own message texts for them mislead. Success is a clear top bit: MAPI_W_... are successes.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapi-error-codes
#pragma once

#include "mapi/platform.h"

namespace mapi {

inline constexpr HRESULT MAPI_W_NO_SERVICE = static_cast<HRESULT>(0x00040203);
inline constexpr HRESULT MAPI_W_ERRORS_RETURNED = static_cast<HRESULT>(0x00040380);
inline constexpr HRESULT MAPI_W_POSITION_CHANGED = static_cast<HRESULT>(0x00040481);
inline constexpr HRESULT MAPI_W_APPROX_COUNT = static_cast<HRESULT>(0x00040482);
inline constexpr HRESULT MAPI_W_CANCEL_MESSAGE = static_cast<HRESULT>(0x00040580);
inline constexpr HRESULT MAPI_W_PARTIAL_COMPLETION = static_cast<HRESULT>(0x00040680);

inline constexpr HRESULT MAPI_E_INTERFACE_NOT_SUPPORTED = static_cast<HRESULT>(0x80004002);
inline constexpr HRESULT MAPI_E_CALL_FAILED = static_cast<HRESULT>(0x80004005);
inline constexpr HRESULT MAPI_E_NO_SUPPORT = static_cast<HRESULT>(0x80040102);
inline constexpr HRESULT MAPI_E_BAD_CHARWIDTH = static_cast<HRESULT>(0x80040103);
inline constexpr HRESULT MAPI_E_STRING_TOO_LONG = static_cast<HRESULT>(0x80040105);
inline constexpr HRESULT MAPI_E_UNKNOWN_FLAGS = static_cast<HRESULT>(0x80040106);
inline constexpr HRESULT MAPI_E_INVALID_ENTRYID = static_cast<HRESULT>(0x80040107);
inline constexpr HRESULT MAPI_E_INVALID_OBJECT = static_cast<HRESULT>(0x80040108);
inline constexpr HRESULT MAPI_E_OBJECT_CHANGED = static_cast<HRESULT>(0x80040109);
inline constexpr HRESULT MAPI_E_OBJECT_DELETED = static_cast<HRESULT>(0x8004010A);
inline constexpr HRESULT MAPI_E_BUSY = static_cast<HRESULT>(0x8004010B);
inline constexpr HRESULT MAPI_E_NOT_ENOUGH_DISK = static_cast<HRESULT>(0x8004010D);
inline constexpr HRESULT MAPI_E_NOT_ENOUGH_RESOURCES = static_cast<HRESULT>(0x8004010E);
inline constexpr HRESULT MAPI_E_NOT_FOUND = static_cast<HRESULT>(0x8004010F);
inline constexpr HRESULT MAPI_E_VERSION = static_cast<HRESULT>(0x80040110);
inline constexpr HRESULT MAPI_E_LOGON_FAILED = static_cast<HRESULT>(0x80040111);
inline constexpr HRESULT MAPI_E_SESSION_LIMIT = static_cast<HRESULT>(0x80040112);
inline constexpr HRESULT MAPI_E_USER_CANCEL = static_cast<HRESULT>(0x80040113);
inline constexpr HRESULT MAPI_E_UNABLE_TO_ABORT = static_cast<HRESULT>(0x80040114);
inline constexpr HRESULT MAPI_E_NETWORK_ERROR = static_cast<HRESULT>(0x80040115);
inline constexpr HRESULT MAPI_E_DISK_ERROR = static_cast<HRESULT>(0x80040116);
inline constexpr HRESULT MAPI_E_TOO_COMPLEX = static_cast<HRESULT>(0x80040117);
inline constexpr HRESULT MAPI_E_BAD_COLUMN = static_cast<HRESULT>(0x80040118);
inline constexpr HRESULT MAPI_E_EXTENDED_ERROR = static_cast<HRESULT>(0x80040119);
inline constexpr HRESULT MAPI_E_COMPUTED = static_cast<HRESULT>(0x8004011A);
inline constexpr HRESULT MAPI_E_CORRUPT_DATA = static_cast<HRESULT>(0x8004011B);
inline constexpr HRESULT MAPI_E_UNCONFIGURED = static_cast<HRESULT>(0x8004011C);
inline constexpr HRESULT MAPI_E_FAILONEPROVIDER = static_cast<HRESULT>(0x8004011D);
inline constexpr HRESULT MAPI_E_UNKNOWN_CPID = static_cast<HRESULT>(0x8004011E);
inline constexpr HRESULT MAPI_E_UNKNOWN_LCID = static_cast<HRESULT>(0x8004011F);
inline constexpr HRESULT MAPI_E_PASSWORD_CHANGE_REQUIRED = static_cast<HRESULT>(0x80040120);
inline constexpr HRESULT MAPI_E_PASSWORD_EXPIRED = static_cast<HRESULT>(0x80040121);
inline constexpr HRESULT MAPI_E_INVALID_WORKSTATION_ACCOUNT = static_cast<HRESULT>(0x80040122);
inline constexpr HRESULT MAPI_E_INVALID_ACCESS_TIME = static_cast<HRESULT>(0x80040123);
inline constexpr HRESULT MAPI_E_ACCOUNT_DISABLED = static_cast<HRESULT>(0x80040124);
inline constexpr HRESULT MAPI_E_END_OF_SESSION = static_cast<HRESULT>(0x80040200);
inline constexpr HRESULT MAPI_E_UNKNOWN_ENTRYID = static_cast<HRESULT>(0x80040201);
inline constexpr HRESULT MAPI_E_MISSING_REQUIRED_COLUMN = static_cast<HRESULT>(0x80040202);
inline constexpr HRESULT MAPI_E_BAD_VALUE = static_cast<HRESULT>(0x80040301);
inline constexpr HRESULT MAPI_E_INVALID_TYPE = static_cast<HRESULT>(0x80040302);
inline constexpr HRESULT MAPI_E_TYPE_NO_SUPPORT = static_cast<HRESULT>(0x80040303);
inline constexpr HRESULT MAPI_E_UNEXPECTED_TYPE = static_cast<HRESULT>(0x80040304);
inline constexpr HRESULT MAPI_E_TOO_BIG = static_cast<HRESULT>(0x80040305);
inline constexpr HRESULT MAPI_E_DECLINE_COPY = static_cast<HRESULT>(0x80040306);
inline constexpr HRESULT MAPI_E_UNEXPECTED_ID = static_cast<HRESULT>(0x80040307);
inline constexpr HRESULT MAPI_E_UNABLE_TO_COMPLETE = static_cast<HRESULT>(0x80040400);
inline constexpr HRESULT MAPI_E_TIMEOUT = static_cast<HRESULT>(0x80040401);
inline constexpr HRESULT MAPI_E_TABLE_EMPTY = static_cast<HRESULT>(0x80040402);
inline constexpr HRESULT MAPI_E_TABLE_TOO_BIG = static_cast<HRESULT>(0x80040403);
inline constexpr HRESULT MAPI_E_INVALID_BOOKMARK = static_cast<HRESULT>(0x80040405);
inline constexpr HRESULT MAPI_E_WAIT = static_cast<HRESULT>(0x80040500);
inline constexpr HRESULT MAPI_E_CANCEL = static_cast<HRESULT>(0x80040501);
inline constexpr HRESULT MAPI_E_NOT_ME = static_cast<HRESULT>(0x80040502);
inline constexpr HRESULT MAPI_E_CORRUPT_STORE = static_cast<HRESULT>(0x80040600);
inline constexpr HRESULT MAPI_E_NOT_IN_QUEUE = static_cast<HRESULT>(0x80040601);
inline constexpr HRESULT MAPI_E_NO_SUPPRESS = static_cast<HRESULT>(0x80040602);
inline constexpr HRESULT MAPI_E_COLLISION = static_cast<HRESULT>(0x80040604);
inline constexpr HRESULT MAPI_E_NOT_INITIALIZED = static_cast<HRESULT>(0x80040605);
inline constexpr HRESULT MAPI_E_NON_STANDARD = static_cast<HRESULT>(0x80040606);
inline constexpr HRESULT MAPI_E_NO_RECIPIENTS = static_cast<HRESULT>(0x80040607);
inline constexpr HRESULT MAPI_E_SUBMITTED = static_cast<HRESULT>(0x80040608);
inline constexpr HRESULT MAPI_E_HAS_FOLDERS = static_cast<HRESULT>(0x80040609);
inline constexpr HRESULT MAPI_E_HAS_MESSAGES = static_cast<HRESULT>(0x8004060A);
inline constexpr HRESULT MAPI_E_FOLDER_CYCLE = static_cast<HRESULT>(0x8004060B);
inline constexpr HRESULT MAPI_E_AMBIGUOUS_RECIP = static_cast<HRESULT>(0x80040700);
inline constexpr HRESULT MAPI_E_NO_ACCESS = static_cast<HRESULT>(0x80070005);
inline constexpr HRESULT MAPI_E_NOT_ENOUGH_MEMORY = static_cast<HRESULT>(0x8007000E);
inline constexpr HRESULT MAPI_E_INVALID_PARAMETER = static_cast<HRESULT>(0x80070057);

}  // namespace mapi
