/** The errors of the public interface, and the one place where failures of the native side become errors. */

import { codeOf, meaningOf, namedCode } from './codes.js';
import type { NativeFailure } from './native/binding.js';
import type { SyncResult } from './run/events.js';

/** The parts that a MapiError is made of. */
export interface MapiErrorInit {
  /** The MAPI call that failed, such as `IMAPISession::OpenMsgStore`. */
  readonly operation: string;
  /** The HRESULT, unsigned: 0 to 0xFFFFFFFF. */
  readonly hresult: number;
  /** Omitted: the name of the HRESULT, or its hex text where it has none. */
  readonly code?: string | undefined;
  /** The object of the call, for the message: `profile 'Work'`. */
  readonly subject?: string | undefined;
  /** Omitted: made of the operation, the code, the subject and the detail. */
  readonly message?: string | undefined;
  readonly detail?: string | null | undefined;
  /** Omitted: what the table of codes advises. */
  readonly hint?: string | null | undefined;
  readonly cause?: unknown;
}

/**
 * A MAPI call that failed. `stack` shows where the call into this package was made.
 *
 * See https://learn.microsoft.com/office/client-developer/outlook/mapi/error-handling-in-mapi and, for `detail`,
 * https://learn.microsoft.com/office/client-developer/outlook/mapi/mapi-extended-errors
 */
export class MapiError extends Error {
  static {
    nameOnPrototype(MapiError, 'MapiError');
  }

  /**
   * The symbolic name of the HRESULT (`MAPI_E_NOT_FOUND`), its hex text where it has no name, or a code of this package
   * (`MAPI_CLOSED`). A code stays the same from version to version.
   */
  readonly code: string;
  /** Unsigned, 0 to 0xFFFFFFFF: 0x8004010F, not -2147221233. */
  readonly hresult: number;
  /** The MAPI call that failed: `MAPILogonEx`, `IMAPISession::OpenMsgStore`, ... */
  readonly operation: string;
  /** What the object's `GetLastError` said, or what the search for MAPI found; null where there is nothing to say. */
  readonly detail: string | null;
  /** What the user can do; null where there is no advice. */
  readonly hint: string | null;

  constructor(init: MapiErrorInit) {
    const code = init.code ?? codeOf(init.hresult);
    super(init.message ?? messageOf(init, code), init.cause === undefined ? undefined : { cause: init.cause });
    this.code = code;
    this.hresult = init.hresult >>> 0;
    this.operation = init.operation;
    this.detail = init.detail ?? null;
    this.hint = init.hint === undefined ? (meaningOf(code)?.hint ?? null) : init.hint;
  }

  /** The error as plain data, for logs and for other processes. */
  toJSON(): object {
    return {
      name: this.name,
      message: this.message,
      code: this.code,
      hresult: this.hresult,
      operation: this.operation,
      detail: this.detail,
      hint: this.hint,
    };
  }
}

/**
 * There is no MAPI to work with here. `code` is `MAPI_NOT_WINDOWS`, `MAPI_NO_BINARY`, `MAPI_NOT_INSTALLED`,
 * `MAPI_WRONG_BITNESS`, `MAPI_MISSING_DEPENDENCY` or `MAPI_NOT_A_MAPI_DLL`.
 *
 * See https://learn.microsoft.com/office/client-developer/outlook/mapi/building-mapi-applications-on-32-bit-and-64-bit-platforms
 */
export class MapiUnavailableError extends MapiError {
  static {
    nameOnPrototype(MapiUnavailableError, 'MapiUnavailableError');
  }
}

/** A synchronisation that failed. `result` says what had happened by then. */
export class SyncError extends MapiError {
  static {
    nameOnPrototype(SyncError, 'SyncError');
  }

  readonly result: SyncResult;

  constructor(init: MapiErrorInit & { readonly result: SyncResult }) {
    super(init);
    this.result = init.result;
  }

  override toJSON(): object {
    return { ...super.toJSON(), result: this.result };
  }
}

/** A synchronisation that took too long: `code` is `SYNC_TIMEOUT`, `SYNC_STALLED` or `SYNC_READER_STALLED`. */
export class SyncTimeoutError extends SyncError {
  static {
    nameOnPrototype(SyncTimeoutError, 'SyncTimeoutError');
  }
}

/** Where a call into this package was made. It costs little: the frames become text only when somebody reads a stack. */
export class CallSite {
  declare readonly stack: string;
  readonly subject: string | undefined;

  /**
   * @param entry The function that the user called. It, and what it called, are left out of the stack.
   * @param subject The object of the call, for the messages of failures: `profile 'Work'`.
   */
  // biome-ignore lint/complexity/noBannedTypes: any function can be the entry, as for Error.captureStackTrace.
  constructor(entry: Function, subject?: string) {
    this.subject = subject;
    Error.captureStackTrace(this, entry);
  }

  /** Gives an error that was made later the stack of this call. */
  sign<E extends Error>(error: E): E {
    const frames = this.stack.split('\n').filter((line) => line.startsWith('    at '));
    Object.defineProperty(error, 'stack', {
      value: [`${error.name}: ${error.message}`, ...frames].join('\n'),
      configurable: true,
      writable: true,
    });
    return error;
  }
}

const UNAVAILABLE: ReadonlySet<string> = new Set([
  'MAPI_NOT_WINDOWS',
  'MAPI_NO_BINARY',
  'MAPI_NOT_INSTALLED',
  'MAPI_WRONG_BITNESS',
  'MAPI_MISSING_DEPENDENCY',
  'MAPI_NOT_A_MAPI_DLL',
]);

/** The error that the caller gets for a failure of the native side. A value that is no NativeFailure is returned as it is. */
export function errorOfNative(failure: unknown, site: CallSite): unknown {
  if (!isNativeFailure(failure)) return failure;
  const { operation, hresult, detail, symbol } = failure;
  const init = { operation, hresult, detail, code: symbol ?? undefined };
  if (symbol !== null && UNAVAILABLE.has(symbol)) return site.sign(new MapiUnavailableError(init));
  return site.sign(new MapiError({ ...init, subject: site.subject }));
}

/** The error of calls on a closed session or store. */
export function closedError(operation: string, site: CallSite): MapiError {
  return site.sign(new MapiError({ operation, hresult: MAPI_E_INVALID_OBJECT, code: 'MAPI_CLOSED' }));
}

/** The error of a run that was cancelled without a reason. */
export function abortError(): DOMException {
  return new DOMException('The synchronisation was cancelled', 'AbortError');
}

/** Reports an exception of a listener as uncaught, in a microtask, so that the other listeners are called all the same. */
export function reportUncaught(exception: unknown): void {
  queueMicrotask(() => {
    throw exception;
  });
}

const MAPI_E_INVALID_OBJECT = 0x80040108;

function isNativeFailure(value: unknown): value is NativeFailure {
  return value instanceof Error && 'operation' in value && 'hresult' in value && 'symbol' in value;
}

function messageOf({ operation, hresult, subject, detail }: MapiErrorInit, code: string): string {
  const meaning = meaningOf(code)?.meaning;
  const said = [meaning, subject, detail]
    .filter((text) => text !== undefined && text !== null && text !== '')
    .join('; ');
  const named = namedCode(code, hresult);
  return said === '' ? `${operation}: ${named}` : `${operation}: ${named}: ${said}`;
}

// The name is on the prototype, so that it is no own property and shows once in a stack and in util.inspect.
function nameOnPrototype(type: { readonly prototype: Error }, name: string): void {
  Object.defineProperty(type.prototype, 'name', { value: name, configurable: true, writable: true });
}
