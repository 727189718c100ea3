/**
 * HRESULTs and this package's own codes: their names, what they mean, and what a user can do about them.
 *
 * The table is our own because Windows' message tables mislead about MAPI's codes: 0x80040111, MAPI_E_LOGON_FAILED, is
 * CLASS_E_CLASSNOTAVAILABLE there. The numbers are those of MAPICode.h and EdkMdb.h.
 * See https://learn.microsoft.com/office/client-developer/outlook/mapi/mapi-constants
 */

/** What a code means, and what helps. */
interface CodeMeaning {
  /** A few words, in lower case, without a full stop. */
  readonly meaning: string;
  /** What the user of a program can do; null where there is no general advice. */
  readonly hint: string | null;
}

type Row = readonly [hresult: number, name: string, meaning: string, hint?: string];

const ADMINISTRATOR = 'Ask the administrator of the mail system.';
const LIST_STORES = 'List the stores again and use an entry id from the new list.';
const LOG_ON_AGAIN = 'Log on again.';
const BROKEN_SET_UP = 'Repair the Office installation; if that does not help, report this as a bug of mapisync.';

const HRESULTS: readonly Row[] = [
  [0x00000000, 'S_OK', 'done'],
  [0x00000001, 'S_FALSE', 'done, with a negative answer'],
  [0x00040203, 'MAPI_W_NO_SERVICE', 'done, but what was asked for is not configured'],
  [0x00040380, 'MAPI_W_ERRORS_RETURNED', 'done, but some parts failed'],
  [0x00040481, 'MAPI_W_POSITION_CHANGED', 'done, but the bookmark had moved'],
  [0x00040482, 'MAPI_W_APPROX_COUNT', 'done; the count is an estimate'],
  [0x00040580, 'MAPI_W_CANCEL_MESSAGE', 'the message is not to be sent any further'],
  [
    0x00040680,
    'MAPI_W_PARTIAL_COMPLETION',
    'some items were done, some were not',
    'Run it again, and look at the problems that were reported.',
  ],
  [0x00040820, 'SYNC_W_PROGRESS', 'not finished, the next step follows'],
  [0x00040821, 'SYNC_W_CLIENT_CHANGE_NEWER', "the client's change is newer"],
  [0x80004001, 'E_NOTIMPL', 'not implemented'],
  [
    0x80004002,
    'MAPI_E_INTERFACE_NOT_SUPPORTED',
    'the interface is not supported',
    'This store cannot synchronise on demand; Outlook itself may still do it.',
  ],
  [0x80004003, 'E_POINTER', 'invalid pointer'],
  [0x80004004, 'E_ABORT', 'aborted'],
  [
    0x80004005,
    'MAPI_E_CALL_FAILED',
    'unspecific failure',
    "If MAPI does not start: use the Node build of Outlook's bitness, make classic Outlook the default mail program, or repair Office.",
  ],
  [0x8000ffff, 'E_UNEXPECTED', 'unexpected failure'],
  [0x80010106, 'RPC_E_CHANGED_MODE', 'COM was initialised in another way on this thread', BROKEN_SET_UP],
  [0x8001010e, 'RPC_E_WRONG_THREAD', 'the interface belongs to another thread', BROKEN_SET_UP],
  [0x80040102, 'MAPI_E_NO_SUPPORT', 'not supported'],
  [0x80040103, 'MAPI_E_BAD_CHARWIDTH', 'Unicode, or ANSI, text is not supported'],
  [0x80040105, 'MAPI_E_STRING_TOO_LONG', 'the text is too long'],
  [0x80040106, 'MAPI_E_UNKNOWN_FLAGS', 'a flag is not known', 'An older provider: try with fewer flags.'],
  [0x80040107, 'MAPI_E_INVALID_ENTRYID', 'the entry id is malformed', LIST_STORES],
  [0x80040108, 'MAPI_E_INVALID_OBJECT', 'the object is no longer valid', LOG_ON_AGAIN],
  [0x80040109, 'MAPI_E_OBJECT_CHANGED', 'the object has been changed since it was opened'],
  [0x8004010a, 'MAPI_E_OBJECT_DELETED', 'the object has been deleted since it was opened'],
  [0x8004010b, 'MAPI_E_BUSY', 'another operation is running', 'Wait until it has finished, and try again.'],
  [0x8004010d, 'MAPI_E_NOT_ENOUGH_DISK', 'the disk is full', 'Free space on the disk that holds the data file.'],
  [0x8004010e, 'MAPI_E_NOT_ENOUGH_RESOURCES', 'too few system resources', 'Close other programs, or restart Windows.'],
  [
    0x8004010f,
    'MAPI_E_NOT_FOUND',
    'not found',
    'Check the name with `mapisync profiles` or `mapisync stores`; the data file may have been moved.',
  ],
  [0x80040110, 'MAPI_E_VERSION', 'the versions do not fit together', 'Update or repair Office.'],
  [
    0x80040111,
    'MAPI_E_LOGON_FAILED',
    'cannot log on',
    "Check the profile's name, start Outlook with this profile once, and run as the same user and at the same elevation as Outlook.",
  ],
  [0x80040112, 'MAPI_E_SESSION_LIMIT', 'too many sessions', 'Close other programs that use MAPI.'],
  [0x80040113, 'MAPI_E_USER_CANCEL', 'cancelled by the user'],
  [0x80040114, 'MAPI_E_UNABLE_TO_ABORT', 'cannot be stopped now'],
  [
    0x80040115,
    'MAPI_E_NETWORK_ERROR',
    'network error',
    'Check the network connection, the VPN, and whether the server is up.',
  ],
  [
    0x80040116,
    'MAPI_E_DISK_ERROR',
    'disk error',
    'Check the drive; for a .pst or .ost file, run the Inbox Repair Tool (scanpst).',
  ],
  [0x80040117, 'MAPI_E_TOO_COMPLEX', 'the operation is too complex'],
  [0x80040118, 'MAPI_E_BAD_COLUMN', 'the column cannot be used here'],
  [0x80040119, 'MAPI_E_EXTENDED_ERROR', 'the provider has an error of its own; see the detail'],
  [0x8004011a, 'MAPI_E_COMPUTED', 'the property is computed and cannot be set'],
  [0x8004011b, 'MAPI_E_CORRUPT_DATA', 'the data is damaged', 'Repair the data file.'],
  [
    0x8004011c,
    'MAPI_E_UNCONFIGURED',
    'the profile lacks settings',
    'Complete the account in Outlook or in the Mail control panel.',
  ],
  [
    0x8004011d,
    'MAPI_E_FAILONEPROVIDER',
    'this provider cannot log on',
    'Open the profile in Outlook once and sign in there; other programs cannot ask for modern authentication.',
  ],
  [0x8004011e, 'MAPI_E_UNKNOWN_CPID', 'the server lacks the code page', ADMINISTRATOR],
  [0x8004011f, 'MAPI_E_UNKNOWN_LCID', 'the server lacks the locale', ADMINISTRATOR],
  [0x80040120, 'MAPI_E_PASSWORD_CHANGE_REQUIRED', 'the password must be changed', 'Change the password.'],
  [0x80040121, 'MAPI_E_PASSWORD_EXPIRED', 'the password has expired', 'Change the password.'],
  [0x80040122, 'MAPI_E_INVALID_WORKSTATION_ACCOUNT', 'not allowed from this computer', ADMINISTRATOR],
  [0x80040123, 'MAPI_E_INVALID_ACCESS_TIME', 'not allowed at this hour', ADMINISTRATOR],
  [0x80040124, 'MAPI_E_ACCOUNT_DISABLED', 'the account is disabled', ADMINISTRATOR],
  [0x80040125, 'MAPI_E_RECONNECTED', 'the connection was renewed and the call was lost', 'Try again.'],
  [0x80040126, 'MAPI_E_OFFLINE', 'no connection', 'Go online, and switch off "Work Offline" in Outlook.'],
  [0x80040154, 'REGDB_E_CLASSNOTREG', 'the class is not registered', BROKEN_SET_UP],
  [0x800401f0, 'CO_E_NOTINITIALIZED', 'COM is not initialised on this thread', BROKEN_SET_UP],
  [0x80040200, 'MAPI_E_END_OF_SESSION', 'the session has ended', LOG_ON_AGAIN],
  [
    0x80040201,
    'MAPI_E_UNKNOWN_ENTRYID',
    'no provider recognises the entry id',
    "Check that the store is part of the profile and that its provider's program is installed.",
  ],
  [0x80040202, 'MAPI_E_MISSING_REQUIRED_COLUMN', 'a required column is missing'],
  [0x80040301, 'MAPI_E_BAD_VALUE', 'a property value is out of range'],
  [0x80040302, 'MAPI_E_INVALID_TYPE', 'a property type is invalid'],
  [0x80040303, 'MAPI_E_TYPE_NO_SUPPORT', 'a property type is not supported'],
  [0x80040304, 'MAPI_E_UNEXPECTED_TYPE', 'a property has another type than expected'],
  [0x80040305, 'MAPI_E_TOO_BIG', 'too large'],
  [0x80040306, 'MAPI_E_DECLINE_COPY', 'the provider leaves copying to MAPI'],
  [0x80040307, 'MAPI_E_UNEXPECTED_ID', 'another identifier was expected'],
  [0x80040400, 'MAPI_E_UNABLE_TO_COMPLETE', 'the operation could not finish'],
  [
    0x80040401,
    'MAPI_E_TIMEOUT',
    'timed out',
    'Try again; at a log-on, finish the log-on dialog that is open in another program first.',
  ],
  [0x80040402, 'MAPI_E_TABLE_EMPTY', 'the table is empty'],
  [0x80040403, 'MAPI_E_TABLE_TOO_BIG', 'the table is too large'],
  [0x80040405, 'MAPI_E_INVALID_BOOKMARK', 'the bookmark is no longer valid'],
  [0x80040500, 'MAPI_E_WAIT', 'the transport has to wait', 'Try again later.'],
  [0x80040501, 'MAPI_E_CANCEL', 'cancelled'],
  [0x80040502, 'MAPI_E_NOT_ME', 'the transport does not handle this message'],
  [
    0x80040600,
    'MAPI_E_CORRUPT_STORE',
    'the store is damaged',
    'Repair the data file with the Inbox Repair Tool (scanpst), or let Outlook build its cache anew.',
  ],
  [0x80040601, 'MAPI_E_NOT_IN_QUEUE', 'the message is not in the queue'],
  [0x80040602, 'MAPI_E_NO_SUPPRESS', 'cannot be suppressed'],
  [0x80040604, 'MAPI_E_COLLISION', 'the name exists already'],
  [
    0x80040605,
    'MAPI_E_NOT_INITIALIZED',
    'MAPI is not initialised, or none is registered',
    'Install a program that brings MAPI, such as classic Outlook.',
  ],
  [0x80040606, 'MAPI_E_NON_STANDARD', 'the message is not standard'],
  [0x80040607, 'MAPI_E_NO_RECIPIENTS', 'the message has no recipients'],
  [0x80040608, 'MAPI_E_SUBMITTED', 'the message has been submitted already'],
  [0x80040609, 'MAPI_E_HAS_FOLDERS', 'the folder has subfolders'],
  [0x8004060a, 'MAPI_E_HAS_MESSAGES', 'the folder has messages'],
  [0x8004060b, 'MAPI_E_FOLDER_CYCLE', 'a folder would contain itself'],
  [
    0x80040700,
    'MAPI_E_AMBIGUOUS_RECIP',
    'the name matches several',
    'Give the entry id instead; `mapisync stores` lists it.',
  ],
  [0x80040800, 'SYNC_E_OBJECT_DELETED', 'the object has been deleted'],
  [0x80040801, 'SYNC_E_IGNORE', 'the change is to be ignored'],
  [0x80040802, 'SYNC_E_CONFLICT', 'changed on both sides'],
  [0x80040803, 'SYNC_E_NO_PARENT', 'the parent folder is missing'],
  [0x80040804, 'SYNC_E_CYCLE', 'a folder would contain itself'],
  [0x80040805, 'SYNC_E_UNSYNCHRONIZED', 'not synchronised'],
  [
    0x80070005,
    'MAPI_E_NO_ACCESS',
    'access denied',
    'Check the rights on the mailbox or the file, and run at the same elevation as Outlook.',
  ],
  [0x8007000e, 'MAPI_E_NOT_ENOUGH_MEMORY', 'not enough memory', 'Close other programs, or use a 64-bit build.'],
  [0x80070057, 'MAPI_E_INVALID_PARAMETER', 'an argument is invalid'],
  [0x8007007e, 'ERROR_MOD_NOT_FOUND', 'a DLL, or one that it needs, is missing', 'Repair the program it belongs to.'],
  [0x8007007f, 'ERROR_PROC_NOT_FOUND', 'the DLL lacks a function', 'Check that the DLL is an Extended MAPI provider.'],
  [0x800700c1, 'ERROR_BAD_EXE_FORMAT', 'the DLL has the other bitness', "Use the Node build of the DLL's bitness."],
];

const OWN_CODES: Readonly<Record<string, CodeMeaning>> = {
  MAPI_NOT_WINDOWS: {
    meaning: 'MAPI exists on Windows alone',
    hint: 'Run this on Windows.',
  },
  MAPI_NO_BINARY: {
    meaning: 'mapisync has no binary that this process can load',
    hint: 'Use a Node build for Windows x64 or ia32, of the bitness of Outlook, and install the package anew.',
  },
  MAPI_NOT_INSTALLED: {
    meaning: 'no MAPI implementation was found',
    hint: 'Install classic Outlook (the new Outlook brings no MAPI), or give the path of a MAPI DLL.',
  },
  MAPI_WRONG_BITNESS: {
    meaning: 'the MAPI implementation has another bitness than this process',
    hint: "Use the Node build of Outlook's bitness: ia32 for 32-bit Outlook, x64 for 64-bit Outlook.",
  },
  MAPI_MISSING_DEPENDENCY: {
    meaning: 'the MAPI implementation needs a DLL that is missing',
    hint: 'Repair Office, or install the current Visual C++ runtime.',
  },
  MAPI_NOT_A_MAPI_DLL: {
    meaning: 'the DLL is no Extended MAPI implementation',
    hint: "Give the path of a DLL that exports MAPIInitialize and MAPILogonEx, such as Outlook's olmapi32.dll.",
  },
  MAPI_CLOSED: {
    meaning: 'the session or the store has been closed',
    hint: 'Log on, or open the store, again.',
  },
  SYNC_NO_RESULT: {
    meaning: 'the provider finished without reporting a result',
    hint: 'Run it again; if it keeps happening, update the program that the store belongs to.',
  },
  SYNC_CANCELLED: { meaning: 'cancelled', hint: null },
  SYNC_TIMEOUT: {
    meaning: 'the whole run took longer than timeoutMs',
    hint: 'Allow more time with timeoutMs, and check the connection to the server.',
  },
  SYNC_STALLED: {
    meaning: 'the provider made no call for stallMs',
    hint: 'Allow more time with stallMs, and check the connection to the server.',
  },
  SYNC_READER_STALLED: {
    meaning: 'nobody took events for holdMs, and the provider could not be held any longer',
    hint: "Take events faster, leave iterators that are no longer read, or use delivery: 'latest'.",
  },
};

const names = new Map<number, string>();
const meanings = new Map<string, CodeMeaning>(Object.entries(OWN_CODES));
for (const [hresult, name, meaning, hint] of HRESULTS) {
  names.set(hresult, name);
  meanings.set(name, { meaning, hint: hint ?? null });
}

/** `0x8004010F`: eight upper-case digits. */
export function hexOf(hresult: number): string {
  return `0x${(hresult >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
}

/** The symbolic name of an HRESULT, or its hex text where it has none. */
export function codeOf(hresult: number): string {
  return names.get(hresult >>> 0) ?? hexOf(hresult);
}

/** A code for a message: `MAPI_E_NOT_FOUND (0x8004010F)`, or the hex text alone where the code is that. */
export function namedCode(code: string, hresult: number): string {
  const hex = hexOf(hresult);
  return code === hex ? code : `${code} (${hex})`;
}

/** What a code, one of ours or an HRESULT's name, means; undefined for a code that is not in the table. */
export function meaningOf(code: string): CodeMeaning | undefined {
  return meanings.get(code);
}

/** Is the severity bit clear? */
export function succeeded(hresult: number): boolean {
  return hresult >>> 0 < 0x80000000;
}
