/** What one synchronisation is asked to do, checked and with its defaults. */
import { integerFrom, oneOf, readBoolean, readMilliseconds, readOptions, readSignal, shown } from './arguments.js';
import type { NativeSyncOptions } from './binding.js';
import { flagsOf, type SyncDirection, type SyncScope } from './sync-flags.js';

export interface SyncOptions {
  /** `'both'` by default. */
  readonly direction?: SyncDirection | undefined;
  /** Folders (`'hierarchy'`), messages (`'contents'`), or both (`'all'`, the default). */
  readonly scope?: SyncScope | undefined;
  /** Headers only (SYNC_GLOBAL_HEADERS). False by default. */
  readonly headersOnly?: boolean | undefined;
  /** With low priority: leaves SYNC_ON_DEMAND out. False by default. */
  readonly background?: boolean | undefined;
  /** Sends outgoing messages too (SYNC_OUTGOING_MAIL; documented as not in use). False by default. */
  readonly outgoing?: boolean | undefined;
  /** The exact `ulFlags`, 0 to 0xFFFFFFFF; excludes the five options above. */
  readonly flags?: number | undefined;
  /**
   * `'imapisync'` by default. The others are for stores without IMAPISync: `'auto'` takes IMAPISync where the store has
   * it. This version synchronises through IMAPISync alone: where another engine would be needed the run fails with
   * `MAPI_E_NO_SUPPORT`.
   */
  readonly engine?: 'imapisync' | 'transport' | 'auto' | undefined;
  /**
   * `'latest'` (the default): progress that newer progress has overtaken before a watcher could take it may be left out.
   * `'every'`: each call is delivered, and the provider waits in its call while 65,536 events or 8 MiB of text are
   * undelivered.
   */
  readonly delivery?: 'latest' | 'every' | undefined;
  /** Ends the run as cancelled; its promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** How long the whole run may take, waiting for an earlier one included: milliseconds, 1 to 2147483647. No limit by default. */
  readonly timeoutMs?: number | undefined;
  /** How long the provider may give no sign of life: milliseconds, 1 to 2147483647. No limit by default. */
  readonly stallMs?: number | undefined;
  /** `'every'`: how long a provider may be held for a slow reader: milliseconds, 1 to 2147483647. 60000 by default. */
  readonly holdMs?: number | undefined;
}

/** Checked options: what the native side needs, and what the facade does itself. */
export interface SyncRequest extends NativeSyncOptions {
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

/** Throws a TypeError or RangeError that names the option. */
export function readSyncOptions(options: unknown): SyncRequest {
  const given = readOptions<Required<SyncOptions>>(options, 'options', READERS);
  if (given.flags !== undefined) {
    for (const name of EXCLUDED_BY_FLAGS) {
      if (given[name] === undefined) continue;
      throw new TypeError(`options.flags excludes options.${name}, which it says itself; got ${shown(given[name])}`);
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
