/**
 * The native addon: where it is loaded, and all that it offers. Nothing else in `src/` touches it.
 *
 * Everything here runs on JavaScript's thread and returns at once; what takes time answers through a
 * promise or through events. Arguments have been checked by the facade: the addon trusts them.
 */

/** A request that may outlive the interest in it. */
export interface NativeRequest<T> {
  readonly promise: Promise<T>;
  /**
   * Gives the answer up: the promise stays pending, the request no longer keeps the process alive, and what
   * it would have brought (a session, a store) is released natively when it arrives.
   */
  abandon(): void;
}

/** What a rejected native promise carries. `errors.ts` turns it into a public error, in one place. */
export interface NativeFailure extends Error {
  /** The MAPI call that failed, such as `IMAPISession::OpenMsgStore`. */
  readonly operation: string;
  /** Unsigned. */
  readonly hresult: number;
  /** What the object's GetLastError said, or what the look-up of MAPI found; null where there is nothing. */
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
    /** Which way of the look-up found it, in words for people. */
    readonly foundBy: string;
  };
  stores(): NativeRequest<NativeStoreRow[]>;
  openStore(entryId: Uint8Array): NativeRequest<NativeStore>;
  /**
   * Cancels what runs, waits up to `graceMs` for providers to let go, logs off. Never rejects.
   * `abandoned` is the number of runs (and calls) that were left behind alive, with the session.
   */
  close(graceMs: number): Promise<{ readonly abandoned: number }>;
}

export interface NativeStore {
  readonly row: NativeStoreRow;
  readonly canSynchronize: boolean;
  /**
   * `onReady` is called on JavaScript's thread when `take` has something, once until `take` has answered 0; and
   * when the end has been written it is called in any case, so that a reader that has paused learns of it.
   */
  synchronize(options: NativeSyncOptions, onReady: () => void): NativeRun;
  /**
   * Cancels its runs and lets go of the store when they have let go of it: true. With false when `graceMs` have
   * passed before that; it is let go of later. Never rejects.
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
   * texts that they bring to `texts`, in order. Answers how many events there were; 0 arms the next `onReady`.
   */
  take(words: Uint32Array, texts: string[]): number;
  /** Ends the run as cancelled, unless it has ended. */
  cancel(): void;
  /** A run keeps the process alive until its end has been taken, unless unref'd. */
  ref(): void;
  unref(): void;
  /** The end has been written: what `take` still brings is bounded, and the end is the last of it. */
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
  start: 1,
  /** a: ulIndex, b: ulIndexMax. */
  progress: 2,
  /** a: HRESULT. */
  problem: 3,
  /** a: how many problems were left out at this place. */
  leftOut: 4,
  /** a: EndReason, b: HRESULT, c: the HRESULT that `Done` brought where the call's own failure decided, else 0. */
  end: 5,
} as const;

export const EventFlag = {
  /** The event brings a text: the next of `texts`. A progress event without one repeats the last. */
  text: 0x100,
  /** The provider passed NULL for the text. */
  nullText: 0x200,
} as const;

export const EndReason = {
  done: 1,
  callFailed: 2,
  noResult: 3,
  cancelled: 4,
  timeout: 5,
  stalled: 6,
  readerStalled: 7,
} as const;

export interface Binding {
  readonly bits: 32 | 64;
  /** Does the process end when this Node environment goes? False unless said. */
  setEndsProcess(ends: boolean): void;
  /**
   * The process ends: every session of the process, workers' included, is logged off, or shut down fast where a run is
   * alive. The one call that waits: up to `deadlineMs`, for all sessions together. What comes later finds them closed.
   */
  leaveAll(deadlineMs: number): void;
  profiles(mapi: string | null): NativeRequest<NativeProfile[]>;
  logOn(options: NativeLogOn): NativeRequest<NativeSession>;
}

const addonUrl = (arch: string): URL => new URL(`../prebuilds/win32-${arch}/mapisync.node`, import.meta.url);

let loaded: Binding | undefined;

/** Is there a binary for this process? */
export function hasBinary(): boolean {
  return process.platform === 'win32' && process.getBuiltinModule('node:fs').existsSync(addonUrl(process.arch));
}

/** Loads the addon at its first use. Throws what `process.dlopen` throws. */
export function binding(): Binding {
  if (loaded === undefined) {
    // What Node has is asked for here, and in arguments.ts, not imported: that would cost every program which imports this
    // package ten milliseconds at its start.
    const { fileURLToPath } = process.getBuiltinModule('node:url');
    const module: { exports: unknown } = { exports: {} };
    const file = fileURLToPath(addonUrl(process.arch));
    process.dlopen(module, file);
    loaded = module.exports as Binding;
    if (endsWithItsProcess()) {
      loaded.setEndsProcess(true);
      leaveAtExit(loaded, file);
    }
  }
  return loaded;
}

/** A worker ends before its process does, and a window of Electron reloads. */
function endsWithItsProcess(): boolean {
  const { isMainThread } = process.getBuiltinModule('node:worker_threads');
  const electronType = (process as { type?: string }).type;
  return isMainThread && electronType !== 'renderer' && electronType !== 'worker';
}

/** How long the end of the process may take, for all sessions together. */
const EXIT_DEADLINE_MS = 3000;

/**
 * Node runs no cleanup hook of an addon after `process.exit()` or an uncaught exception, but it emits 'exit' then. One
 * listener for each process and addon is enough, however often this module is evaluated: test runners do so. It comes
 * first, because a listener that throws keeps later ones from being called.
 */
function leaveAtExit(addon: Binding, file: string): void {
  const key = Symbol.for(`mapisync leaves at exit: ${file}`);
  if (Object.hasOwn(process, key)) return;
  Object.defineProperty(process, key, { value: true });
  process.prependListener('exit', () => addon.leaveAll(EXIT_DEADLINE_MS));
}
