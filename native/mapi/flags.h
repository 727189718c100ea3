// The flags and small numbers of MAPI's calls and properties.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapi-constants
#pragma once

#include "mapi/platform.h"

namespace mapi {

// In many calls: strings are WCHAR; objects open for reading and writing, or with the best access that is granted.
inline constexpr ULONG MAPI_UNICODE = 0x80000000;
inline constexpr ULONG MAPI_MODIFY = 0x1;
inline constexpr ULONG MAPI_DEFERRED_ERRORS = 0x8;
inline constexpr ULONG MAPI_BEST_ACCESS = 0x10;
inline constexpr ULONG MAPI_NO_CACHE = 0x200;
inline constexpr ULONG MAPI_CACHE_ONLY = 0x4000;

// MAPIInitialize, MAPIINIT_0.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapiinit_0
inline constexpr ULONG MAPI_INIT_VERSION = 0x0;
inline constexpr ULONG MAPI_MULTITHREAD_NOTIFICATIONS = 0x1;
inline constexpr ULONG MAPI_NO_COINIT = 0x8;
inline constexpr ULONG MAPI_NT_SERVICE = 0x10000;

// MAPILogonEx.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapilogonex
inline constexpr ULONG MAPI_LOGON_UI = 0x1;
inline constexpr ULONG MAPI_NEW_SESSION = 0x2;
inline constexpr ULONG MAPI_APP_PROFILE = 0x4;
inline constexpr ULONG MAPI_ALLOW_OTHERS = 0x8;
inline constexpr ULONG MAPI_EXPLICIT_PROFILE = 0x10;
inline constexpr ULONG MAPI_EXTENDED = 0x20;
inline constexpr ULONG MAPI_USE_DEFAULT = 0x40;
inline constexpr ULONG MAPI_FORCE_DOWNLOAD = 0x1000;
inline constexpr ULONG MAPI_SERVICE_UI_ALWAYS = 0x2000;
inline constexpr ULONG MAPI_NO_MAIL = 0x8000;
inline constexpr ULONG MAPI_PASSWORD_UI = 0x20000;
inline constexpr ULONG MAPI_TIMEOUT_SHORT = 0x100000;
inline constexpr ULONG MAPI_BG_SESSION = 0x200000;

// IMAPISession::Logoff.
inline constexpr ULONG MAPI_LOGOFF_SHARED = 0x1;
inline constexpr ULONG MAPI_LOGOFF_UI = 0x2;

// IMAPISession::OpenMsgStore.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapisession-openmsgstore
inline constexpr ULONG MDB_NO_DIALOG = 0x1;
inline constexpr ULONG MDB_WRITE = 0x4;
inline constexpr ULONG MDB_TEMPORARY = 0x20;
inline constexpr ULONG MDB_NO_MAIL = 0x80;
inline constexpr ULONG MDB_ONLINE = 0x100;

// IMsgStore::StoreLogoff. LOGOFF_COMPLETE comes back from it.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imsgstore-storelogoff
inline constexpr ULONG LOGOFF_NO_WAIT = 0x1;
inline constexpr ULONG LOGOFF_ORDERLY = 0x2;
inline constexpr ULONG LOGOFF_PURGE = 0x4;
inline constexpr ULONG LOGOFF_ABORT = 0x8;
inline constexpr ULONG LOGOFF_QUIET = 0x10;
inline constexpr ULONG LOGOFF_COMPLETE = 0x10000;

// MAPISIB::ulFlags: what one synchronisation is to do. Not the flags of the same prefix in Exchange's EdkMdb.h.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/mapisib
inline constexpr ULONG SYNC_UPLOAD_HIERARCHY = 0x1;
inline constexpr ULONG SYNC_DOWNLOAD_HIERARCHY = 0x2;
inline constexpr ULONG SYNC_UPLOAD_CONTENTS = 0x40;
inline constexpr ULONG SYNC_DOWNLOAD_CONTENTS = 0x80;
inline constexpr ULONG SYNC_OUTGOING_MAIL = 0x200;
inline constexpr ULONG SYNC_GLOBAL_HEADERS = 0x2000000;
inline constexpr ULONG SYNC_ON_DEMAND = 0x20000000;

// IMAPIStatus::FlushQueues.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapistatus-flushqueues
inline constexpr ULONG FLUSH_UPLOAD = 0x2;
inline constexpr ULONG FLUSH_DOWNLOAD = 0x4;
inline constexpr ULONG FLUSH_FORCE = 0x8;
inline constexpr ULONG FLUSH_NO_UI = 0x10;
inline constexpr ULONG FLUSH_ASYNC_OK = 0x20;

// PR_RESOURCE_METHODS of a status row.
inline constexpr ULONG STATUS_VALIDATE_STATE = 0x1;
inline constexpr ULONG STATUS_FLUSH_QUEUES = 0x8;

// PR_RESOURCE_FLAGS of a store or status row.
inline constexpr ULONG STATUS_DEFAULT_OUTBOUND = 0x1;
inline constexpr ULONG STATUS_DEFAULT_STORE = 0x2;

// PR_STATUS_CODE of a status row.
inline constexpr ULONG STATUS_AVAILABLE = 0x1;
inline constexpr ULONG STATUS_OFFLINE = 0x2;
inline constexpr ULONG STATUS_FAILURE = 0x4;
inline constexpr ULONG STATUS_INBOUND_ENABLED = 0x10000;
inline constexpr ULONG STATUS_INBOUND_ACTIVE = 0x20000;
inline constexpr ULONG STATUS_INBOUND_FLUSH = 0x40000;
inline constexpr ULONG STATUS_OUTBOUND_ENABLED = 0x100000;
inline constexpr ULONG STATUS_OUTBOUND_ACTIVE = 0x200000;
inline constexpr ULONG STATUS_OUTBOUND_FLUSH = 0x400000;
inline constexpr ULONG STATUS_REMOTE_ACCESS = 0x800000;

// PR_RESOURCE_TYPE of a store or status row.
inline constexpr ULONG MAPI_STORE_PROVIDER = 0x21;
inline constexpr ULONG MAPI_TRANSPORT_PROVIDER = 0x24;
inline constexpr ULONG MAPI_SPOOLER = 0x25;
inline constexpr ULONG MAPI_SUBSYSTEM = 0x27;

// PR_OBJECT_TYPE, and what OpenEntry says it has opened.
inline constexpr ULONG MAPI_STORE = 0x1;
inline constexpr ULONG MAPI_STATUS = 0xA;

// PR_STORE_SUPPORT_MASK.
inline constexpr ULONG STORE_ENTRYID_UNIQUE = 0x1;
inline constexpr ULONG STORE_UNICODE_OK = 0x40000;

// IMAPITable.
// https://learn.microsoft.com/office/client-developer/outlook/mapi/imapitableiunknown
inline constexpr ULONG TBL_ALL_COLUMNS = 0x1;
inline constexpr ULONG TBL_ASYNC = 0x1;
inline constexpr ULONG TBL_BATCH = 0x2;
inline constexpr ULONG TBL_NOADVANCE = 0x1;
inline constexpr ULONG DIR_BACKWARD = 0x1;
inline constexpr ULONG TBLSTAT_COMPLETE = 0x0;
inline constexpr ULONG TBLTYPE_SNAPSHOT = 0x0;

// IMAPITable: the bookmarks that every table has. As wide as BOOKMARK.
inline constexpr ULONG_PTR BOOKMARK_BEGINNING = 0x0;
inline constexpr ULONG_PTR BOOKMARK_CURRENT = 0x1;
inline constexpr ULONG_PTR BOOKMARK_END = 0x2;

// SRestriction::rt; SPropertyRestriction::relop; SBitMaskRestriction::relBMR.
inline constexpr ULONG RES_AND = 0x0;
inline constexpr ULONG RES_PROPERTY = 0x4;
inline constexpr ULONG RES_BITMASK = 0x6;
inline constexpr ULONG RES_EXIST = 0x8;
inline constexpr ULONG RELOP_LT = 0x0;
inline constexpr ULONG RELOP_LE = 0x1;
inline constexpr ULONG RELOP_GT = 0x2;
inline constexpr ULONG RELOP_GE = 0x3;
inline constexpr ULONG RELOP_EQ = 0x4;
inline constexpr ULONG RELOP_NE = 0x5;
inline constexpr ULONG BMR_NEZ = 0x1;

// ENTRYID::abFlags[0].
inline constexpr ULONG MAPI_SHORTTERM = 0x80;

// MAPIERROR::ulVersion.
inline constexpr ULONG MAPI_ERROR_VERSION = 0x0;

}  // namespace mapi
