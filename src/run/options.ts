/** What one synchronisation is asked to do: the options, their defaults, and the flags that they stand for. */
import { integerFrom, oneOf, readBoolean, readMilliseconds, readOptions, readSignal, shown } from '../arguments.js';
import type { NativeSyncOptions } from '../native/binding.js';

// The bits of MAPISIB's ulFlags. EdkMdb.h has constants with the same prefix and the same bits but other meanings, for
// Exchange's incremental change synchronization; these are not those.
// See https://learn.microsoft.com/office/client-developer/outlook/mapi/mapisib

/** Send changes of the folder tree. */
export const SYNC_UPLOAD_HIERARCHY = 0x1;
/** Fetch changes of the folder tree. */
export const SYNC_DOWNLOAD_HIERARCHY = 0x2;
/** Send changes of messages. */
export const SYNC_UPLOAD_CONTENTS = 0x40;
/** Fetch changes of messages. */
export const SYNC_DOWNLOAD_CONTENTS = 0x80;
/** Send outgoing messages; documented as not in use. */
export const SYNC_OUTGOING_MAIL = 0x200;
/** Headers only. */
export const SYNC_GLOBAL_HEADERS = 0x2000000;
/** The user asked for it: higher priority. */
export const SYNC_ON_DEMAND = 0x20000000;

export type SyncDirection = 'both' | 'upload' | 'download';
export type SyncScope = 'all' | 'hierarchy' | 'contents';

const OF_DIRECTION: Readonly<Record<SyncDirection, number>> = {
  both: SYNC_UPLOAD_HIERARCHY | SYNC_DOWNLOAD_HIERARCHY | SYNC_UPLOAD_CONTENTS | SYNC_DOWNLOAD_CONTENTS,
  upload: SYNC_UPLOAD_HIERARCHY | SYNC_UPLOAD_CONTENTS,
  download: SYNC_DOWNLOAD_HIERARCHY | SYNC_DOWNLOAD_CONTENTS,
};

const OF_SCOPE: Readonly<Record<SyncScope, number>> = {
  all: SYNC_UPLOAD_HIERARCHY | SYNC_DOWNLOAD_HIERARCHY | SYNC_UPLOAD_CONTENTS | SYNC_DOWNLOAD_CONTENTS,
  hierarchy: SYNC_UPLOAD_HIERARCHY | SYNC_DOWNLOAD_HIERARCHY,
  contents: SYNC_UPLOAD_CONTENTS | SYNC_DOWNLOAD_CONTENTS,
};

/** The options that the flags are made of. */
interface SyncIntent {
  readonly direction: SyncDirection;
  readonly scope: SyncScope;
  readonly headersOnly: boolean;
  readonly background: boolean;
  readonly outgoing: boolean;
}

/** The flags that say the same as the options, unsigned. */
function flagsOf({ direction, scope, headersOnly, background, outgoing }: SyncIntent): number {
  let flags = OF_DIRECTION[direction] & OF_SCOPE[scope];
  if (headersOnly) flags |= SYNC_GLOBAL_HEADERS;
  if (outgoing) flags |= SYNC_OUTGOING_MAIL;
  // MAPISIB's table has no SYNC_BACKGROUND: leaving SYNC_ON_DEMAND out is the documented way.
  if (!background) flags |= SYNC_ON_DEMAND;
  return flags >>> 0;
}

export interface SyncOptions {
  /**
   * Which way changes go.
   * @default 'both'
   */
  readonly direction?: SyncDirection | undefined;
  /**
   * Folders (`'hierarchy'`), messages (`'contents'`), or both (`'all'`).
   * @default 'all'
   */
  readonly scope?: SyncScope | undefined;
  /**
   * Headers only (SYNC_GLOBAL_HEADERS).
   * @default false
   */
  readonly headersOnly?: boolean | undefined;
  /**
   * With low priority: SYNC_ON_DEMAND is left out.
   * @default false
   */
  readonly background?: boolean | undefined;
  /**
   * Sends outgoing messages too (SYNC_OUTGOING_MAIL, which is documented as not in use).
   * @default false
   */
  readonly outgoing?: boolean | undefined;
  /** The exact `ulFlags`, 0 to 0xFFFFFFFF; excludes the five options above. */
  readonly flags?: number | undefined;
  /**
   * `'auto'` takes IMAPISync where the store has it, and `'transport'` is for stores without. This version synchronises
   * through IMAPISync alone: where another engine would be needed, the run fails with `MAPI_E_NO_SUPPORT`.
   * @default 'imapisync'
   */
  readonly engine?: 'imapisync' | 'transport' | 'auto' | undefined;
  /**
   * `'latest'`: a progress event may be left out when a newer one has overtaken it before a watcher could take it.
   * `'every'`: each call is delivered, and the provider waits in its call while 65,536 events or 8 MiB of text are
   * undelivered.
   * @default 'latest'
   */
  readonly delivery?: 'latest' | 'every' | undefined;
  /** An abort ends the run as cancelled; its promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long the whole run may take, in milliseconds, 1 to 2147483647. Waiting for an earlier run on the same store counts.
   * @default no limit
   */
  readonly timeoutMs?: number | undefined;
  /**
   * How long the provider may make no call, in milliseconds, 1 to 2147483647.
   * @default no limit
   */
  readonly stallMs?: number | undefined;
  /**
   * With `delivery: 'every'`: how long a provider may be held for a slow reader, in milliseconds, 1 to 2147483647.
   * @default 60000
   */
  readonly holdMs?: number | undefined;
}

/** Checked options: those of the native side, and those that the facade itself looks after. */
interface SyncRequest extends NativeSyncOptions {
  readonly engine: 'imapisync' | 'transport' | 'auto';
  readonly signal: AbortSignal | undefined;
}

const DEFAULT_HOLD_MS = 60000;
const NO_LIMIT = 0;

export const readFlags = integerFrom(0, 0xffffffff);
export const readDelivery = oneOf('latest', 'every');

const READERS = {
  direction: oneOf('both', 'upload', 'download'),
  scope: oneOf('all', 'hierarchy', 'contents'),
  headersOnly: readBoolean,
  background: readBoolean,
  outgoing: readBoolean,
  flags: readFlags,
  engine: oneOf('imapisync', 'transport', 'auto'),
  delivery: readDelivery,
  signal: readSignal,
  timeoutMs: readMilliseconds,
  stallMs: readMilliseconds,
  holdMs: readMilliseconds,
};

const EXCLUDED_BY_FLAGS = ['direction', 'scope', 'headersOnly', 'background', 'outgoing'] as const;

/** Checks the options of `synchronize`. Throws a TypeError or RangeError that names the option. */
export function readSyncOptions(options: unknown): SyncRequest {
  const given = readOptions<Required<SyncOptions>>(options, 'options', READERS);
  if (given.flags !== undefined) {
    for (const name of EXCLUDED_BY_FLAGS) {
      if (given[name] === undefined) continue;
      throw new TypeError(`options.${name} must be left out where options.flags is given; got ${shown(given[name])}`);
    }
  }
  const intent = {
    direction: given.direction ?? 'both',
    scope: given.scope ?? 'all',
    headersOnly: given.headersOnly ?? false,
    background: given.background ?? false,
    outgoing: given.outgoing ?? false,
  };
  return {
    flags: given.flags ?? flagsOf(intent),
    every: given.delivery === 'every',
    timeoutMs: given.timeoutMs ?? NO_LIMIT,
    stallMs: given.stallMs ?? NO_LIMIT,
    holdMs: given.holdMs ?? DEFAULT_HOLD_MS,
    engine: given.engine ?? 'imapisync',
    signal: given.signal,
  };
}
