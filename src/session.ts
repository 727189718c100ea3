/** A MAPI session: its stores, and how it is closed. */
import {
  bytesOf,
  readEntryId,
  readObject,
  readOptions,
  readSignal,
  readText,
  refuseUnknown,
  shown,
} from './arguments.js';
import { CallSite, closedError, MapiError } from './errors.js';
import type { NativeSession } from './native/binding.js';
import { answerOf } from './native/request.js';
import { MapiStore, type Store, type StoreInfo } from './store.js';

/**
 * A session. Without a running sync it does not keep the process alive. After `close()`, calls reject with `MAPI_CLOSED`.
 *
 * See https://learn.microsoft.com/office/client-developer/outlook/mapi/mapi-sessions
 */
export interface Session extends AsyncDisposable {
  /** The profile's name as MAPI says it; null where MAPI does not say it. */
  readonly profile: string | null;
  readonly mapi: MapiInfo;
  /**
   * The message stores of the profile, in the order of MAPI's table.
   *
   * @throws {MapiError} where MAPI refuses, and with `MAPI_CLOSED` after `close()`
   *
   * See https://learn.microsoft.com/office/client-developer/outlook/mapi/imapisession-getmsgstorestable
   */
  stores(options?: RequestOptions): Promise<StoreInfo[]>;
  /**
   * Opens a store: the one with an entry id, the one with a display name, or the default store where no selector is given.
   *
   * @throws {MapiError} `MAPI_E_NOT_FOUND` for a name that no store has, `MAPI_E_AMBIGUOUS_RECIP` for a name that several
   *   have, `MAPI_CLOSED` after `close()`, or what MAPI refuses with
   * @throws {TypeError | RangeError} for a wrong selector, such as an entry id that is not pairs of hex digits
   * @example
   * await session.openStore();                                   // the default store
   * await session.openStore({ displayName: 'Archive' });
   * await session.openStore({ entryId: stores[2].entryId });
   *
   * See https://learn.microsoft.com/office/client-developer/outlook/mapi/imapisession-openmsgstore
   */
  openStore(selector?: StoreSelector, options?: RequestOptions): Promise<Store>;
  /**
   * Cancels the runs, waits up to `closeGraceMs` for their providers to let go, and logs off. What a provider has not let go
   * of by then is abandoned: nothing of it is freed, and a process warning says so. May be called again; never rejects.
   */
  close(): Promise<void>;
}

/** The MAPI implementation that a session uses. */
export interface MapiInfo {
  readonly path: string;
  readonly version: string | null;
  readonly bits: 32 | 64;
  /** Which step of the search found it, in words for people. */
  readonly foundBy: string;
}

/** Which store: by entry id (hex digits) or by display name (exactly as in `StoreInfo`). */
export type StoreSelector =
  | { readonly entryId: string; readonly displayName?: never }
  | { readonly displayName: string; readonly entryId?: never };

export interface RequestOptions {
  /** An abort gives the request up; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Makes the public session over a native one. */
export function sessionOf(native: NativeSession, closeGraceMs: number): Session {
  return new MapiSession(native, closeGraceMs);
}

const REQUEST_OPTIONS = { signal: readSignal };

class MapiSession implements Session {
  readonly profile: string | null;
  readonly mapi: MapiInfo;
  readonly #native: NativeSession;
  readonly #closeGraceMs: number;
  readonly #stores = new Set<MapiStore>();
  #closing: Promise<void> | undefined;

  constructor(native: NativeSession, closeGraceMs: number) {
    const { path, version, bits, foundBy } = native.mapi;
    this.profile = native.profile;
    this.mapi = { path, version, bits, foundBy };
    this.#native = native;
    this.#closeGraceMs = closeGraceMs;
  }

  async stores(options?: RequestOptions): Promise<StoreInfo[]> {
    const site = new CallSite(this.stores);
    const { signal } = readOptions<Required<RequestOptions>>(options, 'options', REQUEST_OPTIONS);
    return this.#list(signal, site);
  }

  async openStore(selector?: StoreSelector, options?: RequestOptions): Promise<Store> {
    const site = new CallSite(this.openStore);
    const wanted = readSelector(selector);
    const { signal } = readOptions<Required<RequestOptions>>(options, 'options', REQUEST_OPTIONS);
    const entryId =
      'entryId' in wanted ? wanted.entryId : bytesOf(findStore(await this.#list(signal, site), wanted, site).entryId);

    this.#refuseIfClosed(OPEN_STORE, signal, site);
    const native = await answerOf(() => this.#native.openStore(entryId), signal, site);
    if (this.#closing !== undefined) {
      // The store came while the session was closing, and is closed with it.
      void native.close(this.#closeGraceMs);
      throw closedError(OPEN_STORE, site);
    }
    const store = new MapiStore(native, this.#closeGraceMs, () => this.#stores.delete(store));
    this.#stores.add(store);
    return store;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    const closed = [...this.#stores].map((store) => store.close());
    const [{ abandoned }] = await Promise.all([this.#native.close(this.#closeGraceMs), ...closed]);
    if (abandoned > 0) warnOfAbandoned(abandoned, this.#closeGraceMs);
  }

  async #list(signal: AbortSignal | undefined, site: CallSite): Promise<StoreInfo[]> {
    this.#refuseIfClosed('IMAPISession::GetMsgStoresTable', signal, site);
    return answerOf(() => this.#native.stores(), signal, site);
  }

  #refuseIfClosed(operation: string, signal: AbortSignal | undefined, site: CallSite): void {
    if (signal?.aborted) throw signal.reason;
    if (this.#closing !== undefined) throw closedError(operation, site);
  }
}

const OPEN_STORE = 'IMAPISession::OpenMsgStore';
const MAPI_E_NOT_FOUND = 0x8004010f;
const MAPI_E_AMBIGUOUS_RECIP = 0x80040700;

type Wanted = { readonly entryId: Uint8Array } | { readonly displayName: string } | { readonly isDefault: true };

function readSelector(selector: unknown): Wanted {
  if (selector === undefined) return { isDefault: true };
  const given = readObject(selector, 'selector');
  refuseUnknown(given, 'selector', ['entryId', 'displayName']);
  const { entryId, displayName } = given;
  if ((entryId === undefined) === (displayName === undefined)) {
    throw new TypeError(`selector must have either entryId or displayName; got ${shown(selector)}`);
  }
  return entryId === undefined
    ? { displayName: readText(displayName, 'selector.displayName') }
    : { entryId: readEntryId(entryId, 'selector.entryId') };
}

function findStore(
  stores: readonly StoreInfo[],
  wanted: Exclude<Wanted, { entryId: unknown }>,
  site: CallSite,
): StoreInfo {
  const isWanted =
    'displayName' in wanted
      ? (store: StoreInfo) => store.displayName === wanted.displayName
      : (store: StoreInfo) => store.isDefault;
  const [found, ...others] = stores.filter(isWanted);
  if (found !== undefined && (others.length === 0 || 'isDefault' in wanted)) return found;

  const hresult = found === undefined ? MAPI_E_NOT_FOUND : MAPI_E_AMBIGUOUS_RECIP;
  throw site.sign(
    new MapiError({ operation: OPEN_STORE, hresult, message: complaint(stores, wanted, 1 + others.length) }),
  );
}

function complaint(
  stores: readonly StoreInfo[],
  wanted: Exclude<Wanted, { entryId: unknown }>,
  matches: number,
): string {
  const names = stores.length === 0 ? 'the profile has no stores' : `the stores are ${listed(stores)}`;
  if ('isDefault' in wanted) return `${OPEN_STORE}: the profile has no default store; ${names}`;
  const name = shown(wanted.displayName);
  if (!stores.some((store) => store.displayName === wanted.displayName)) {
    return `${OPEN_STORE}: no store is called ${name}; ${names}`;
  }
  return `${OPEN_STORE}: ${matches} stores are called ${name}; ${names}`;
}

// A profile can have thousands of stores with names of any length.
function listed(stores: readonly StoreInfo[]): string {
  const names = stores.slice(0, 20).map((store) => shown(store.displayName));
  return stores.length <= 20 ? names.join(', ') : `${names.join(', ')} and ${stores.length - 20} more`;
}

function warnOfAbandoned(count: number, graceMs: number): void {
  const what = count === 1 ? 'A provider call has' : `${count} provider calls have`;
  process.emitWarning(`${what} not ended within ${graceMs} ms of close(): the session stays alive and is abandoned`, {
    type: 'MapiWarning',
    code: 'MAPI_ABANDONED',
    detail: 'Nothing of it is freed as long as the provider may still use it.',
  });
}
