/**
 * What an engine offers to the facade: types and constants alone, nothing that runs.
 *
 * Every method is called on JavaScript's thread and returns at once; what takes time answers through a promise or through
 * events. The facade has checked all arguments, and the engine trusts them.
 */

/** A request whose answer the caller may stop waiting for. */
export interface NativeRequest<T> {
  readonly promise: Promise<T>;
  /**
   * The caller no longer wants the answer. The promise stays pending, and the request no longer keeps the process alive.
   * What it would have brought (a session, a store) is released natively when it arrives.
   */
  abandon(): void;
}

/** What a rejected native promise carries. `errors.ts` turns it into a public error, in one place. */
export interface NativeFailure extends Error {
  /** The MAPI call that failed, such as `IMAPISession::OpenMsgStore`. */
  readonly operation: string;
  /** Unsigned. */
  readonly hresult: number;
  /** What the object's GetLastError said, or what the search for MAPI found; null where there is nothing. */
  readonly detail: string | null;
  /** A code of ours (`MAPI_NOT_INSTALLED`, `MAPI_WRONG_BITNESS`, `MAPI_CLOSED`, ...), or null: the HRESULT's name is the code. */
  readonly symbol: string | null;
}

export interface NativeProfile {
  readonly name: string;
  readonly isDefault: boolean;
}

export interface NativeLogOn {
  /** An absolute path of a MAPI DLL, or null for the system's. */
  readonly mapi: string | null;
  /** null: the default profile. */
  readonly profile: string | null;
  readonly ui: boolean;
  readonly join: boolean;
  readonly transports: boolean;
  readonly service: boolean;
}

export interface NativeStoreRow {
  /** Upper-case hex. */
  readonly entryId: string;
  readonly displayName: string;
  readonly isDefault: boolean;
  /** Upper-case hex of 16 bytes; empty where the table has none. */
  readonly providerUid: string;
  readonly providerName: string | null;
}

export interface NativeSession {
  readonly profile: string | null;
  readonly mapi: {
    readonly path: string;
    readonly version: string | null;
    readonly bits: 32 | 64;
    /** Which step of the search found it, in words for people. */
    readonly foundBy: string;
  };
  stores(): NativeRequest<NativeStoreRow[]>;
  openStore(entryId: Uint8Array): NativeRequest<NativeStore>;
  /**
   * Cancels what runs, waits up to `graceMs` for providers to let go, logs off. Never rejects.
   * `abandoned` counts the runs and calls that had not ended by then: they stay alive, and the session with them.
   */
  close(graceMs: number): Promise<{ readonly abandoned: number }>;
}

export interface NativeStore {
  readonly row: NativeStoreRow;
  readonly canSynchronize: boolean;
  /**
   * `onReady` is called on JavaScript's thread when events are available, and not again until `take` has returned 0. When the
   * end has been written it is called in any case, so that a reader that has paused learns of the end.
   */
  synchronize(options: NativeSyncOptions, onReady: () => void): NativeRun;
  /**
   * Cancels the store's runs, and releases the store when their providers have let go. Resolves with true then, or with false
   * when `graceMs` have passed; the store is then released later. Never rejects.
   */
  close(graceMs: number): Promise<boolean>;
}

export interface NativeSyncOptions {
  readonly flags: number;
  readonly every: boolean;
  /** Milliseconds; 0: no limit. */
  readonly timeoutMs: number;
  readonly stallMs: number;
  readonly holdMs: number;
}

export interface NativeRun {
  /**
   * Moves undelivered events, oldest first, into `words` (WORDS_PER_EVENT each, as many as fit) and appends the
   * texts that they bring to `texts`, in order. Returns how many events it moved; 0 makes the next event call `onReady`.
   */
  take(words: Uint32Array, texts: string[]): number;
  /** Ends the run as cancelled, unless it has ended. */
  cancel(): void;
  /** A run keeps the process alive until its end has been taken, unless unref'd. */
  ref(): void;
  unref(): void;
  /** The end has been written. What `take` still brings is bounded, and the end is the last of it. */
  readonly ended: boolean;
  /**
   * Resolves with the HRESULT of SynchronizeInBackground when the call has returned, be it after the end; with null
   * when the run has ended without making the call. Stays pending with a call that never returns, and does not
   * keep the process alive. Asked for at most once a run.
   */
  returned(): Promise<number | null>;
  /** The HRESULT of the first `Done` before the end; null where none has come. */
  readonly done: number | null;
  /** Progress calls that the provider made before the end. */
  readonly updates: number;
  /** Error calls that the provider made before the end. */
  readonly problemCount: number;
  /** Bytes that undelivered events and their texts take up, outside of JavaScript's heap. */
  readonly bytesInUse: number;
  /** Resolves with true when the provider has let go of everything, with false when `graceMs` have passed. */
  letGo(graceMs: number): Promise<boolean>;
}

/** An event's words: kind | flags, a, b, c, low and high half of `at` (milliseconds since the epoch). */
export const WORDS_PER_EVENT = 6;

/** Low byte of an event's first word; what a, b and c are stands beside each. */
export const EventKind = {
  /** a: ulFlags. */
  START: 1,
  /** a: ulIndex, b: ulIndexMax. */
  PROGRESS: 2,
  /** a: HRESULT. */
  PROBLEM: 3,
  /** a: how many problems were left out at this place. */
  LEFT_OUT: 4,
  /** a: EndReason, b: HRESULT, c: the HRESULT that `Done` brought where the call's own failure decided, else 0. */
  END: 5,
} as const;

export const EventFlag = {
  /** The event brings a text: the next of `texts`. A progress event without one repeats the last. */
  TEXT: 0x100,
  /** The provider passed NULL for the text. */
  NULL_TEXT: 0x200,
} as const;

export const EndReason = {
  DONE: 1,
  CALL_FAILED: 2,
  NO_RESULT: 3,
  CANCELLED: 4,
  TIMEOUT: 5,
  STALLED: 6,
  READER_STALLED: 7,
  /** The call could not be made; the text is the operation that failed, such as `MAPIInitialize`. */
  NOT_CALLED: 8,
} as const;

export interface Binding {
  readonly bits: 32 | 64;
  /** Does the process end when this Node environment goes? False unless said. */
  setEndsProcess(ends: boolean): void;
  /**
   * The process ends: every session of the process, workers' included, is logged off, or shut down fast where a run is
   * alive. The one call that waits: up to `limitMs` for each session. What comes later finds them closed.
   */
  leaveAll(limitMs: number): void;
  profiles(mapi: string | null): NativeRequest<NativeProfile[]>;
  logOn(options: NativeLogOn): NativeRequest<NativeSession>;
}
