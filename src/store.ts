/** An open message store. */
import { CallSite } from './errors.js';
import { EndReason, type NativeStore } from './native/binding.js';
import { readSyncOptions, type SyncOptions } from './run/options.js';
import { EndedRun, FacadeEnd } from './run/run-end.js';
import { type SyncRun, SyncRunPromise } from './run/sync-run.js';

/**
 * A row of the session's table of stores.
 *
 * See https://learn.microsoft.com/office/client-developer/outlook/mapi/message-store-tables
 */
export interface StoreInfo {
  /** Upper-case hex. It stays the same from session to session, and is what `openStore` takes. */
  readonly entryId: string;
  readonly displayName: string;
  readonly isDefault: boolean;
  /** The 16 bytes of PR_MDB_PROVIDER in their order, as upper-case hex. */
  readonly providerUid: string;
  /** The kind of store, for people (PR_PROVIDER_DISPLAY); null where the provider says nothing. */
  readonly providerName: string | null;
}

/**
 * An open message store. After `close()`, its own or its session's, runs fail with `MAPI_CLOSED`.
 *
 * See https://learn.microsoft.com/office/client-developer/outlook/mapi/imsgstoreimapiprop
 */
export interface Store extends AsyncDisposable {
  readonly info: StoreInfo;
  /** Has the store an IMAPISync? It is what `QueryInterface(IID_IMAPISync)` answered when the store was opened. */
  readonly canSynchronize: boolean;
  /**
   * Starts a synchronisation, or queues it behind the one that runs on this store. Returns at once, and never calls MAPI on
   * JavaScript's thread. Failures other than wrong options end the run.
   *
   * @throws {TypeError | RangeError} for wrong options
   * @example
   * const run = store.synchronize({ delivery: 'every', timeoutMs: 300_000 });
   * for await (const event of run) console.log(event);
   *
   * See https://learn.microsoft.com/office/client-developer/outlook/mapi/imapisync-synchronizeinbackground
   */
  synchronize(options?: SyncOptions): SyncRun;
  /**
   * Cancels the store's runs, and releases the store when their providers have let go. Waits for that, up to the session's
   * `closeGraceMs`. May be called again; never rejects.
   */
  close(): Promise<void>;
}

export class MapiStore implements Store {
  readonly info: StoreInfo;
  readonly canSynchronize: boolean;
  readonly #native: NativeStore;
  readonly #graceMs: number;
  readonly #onClosed: () => void;
  readonly #runs = new Set<SyncRunPromise>();
  #isClosed = false;
  #closing: Promise<void> | undefined;

  constructor(native: NativeStore, graceMs: number, onClosed: () => void) {
    const { entryId, displayName, isDefault, providerUid, providerName } = native.row;
    this.info = { entryId, displayName, isDefault, providerUid, providerName };
    this.canSynchronize = native.canSynchronize;
    this.#native = native;
    this.#graceMs = graceMs;
    this.#onClosed = onClosed;
  }

  /** The native side of a store, for the raw interface of `mapisync/com`. Undefined for a value that is no store of ours. */
  static nativeOf(store: unknown): { readonly native: NativeStore; readonly isClosed: boolean } | undefined {
    if (typeof store !== 'object' || store === null || !(#native in store)) return undefined;
    return { native: store.#native, isClosed: store.#isClosed };
  }

  synchronize(options?: SyncOptions): SyncRun {
    const site = new CallSite(this.synchronize);
    const { signal, engine: wanted, ...native } = readSyncOptions(options);
    const engine = wanted === 'transport' || (wanted === 'auto' && !this.canSynchronize) ? 'transport' : 'imapisync';
    const start = (onReady: () => void) => {
      if (signal?.aborted) return new EndedRun(native.flags, EndReason.CANCELLED, onReady);
      if (this.#isClosed) return new EndedRun(native.flags, FacadeEnd.CLOSED, onReady);
      if (engine === 'transport') return new EndedRun(native.flags, FacadeEnd.NO_TRANSPORT, onReady);
      if (!this.canSynchronize) return new EndedRun(native.flags, FacadeEnd.NO_INTERFACE, onReady);
      return this.#native.synchronize(native, onReady);
    };
    const run: SyncRunPromise = new SyncRunPromise(start, {
      engine,
      every: native.every,
      signal,
      site,
      graceMs: this.#graceMs,
      onEnded: () => this.#runs.delete(run),
    });
    this.#runs.add(run);
    return run;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#isClosed = true;
    this.#onClosed();
    const runs = [...this.#runs];
    for (const run of runs) run.cancel();
    await Promise.allSettled([this.#native.close(this.#graceMs), ...runs]);
  }
}
