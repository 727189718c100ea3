/** An open message store. */
import { EndReason, type NativeStore } from './binding.js';
import { EndedRun } from './ended-run.js';
import { CallSite } from './errors.js';
import { FacadeEnd } from './run-end.js';
import { readSyncOptions, type SyncOptions } from './sync-options.js';
import { type SyncRun, SyncRunPromise } from './sync-run.js';

/** A row of the session's table of stores. See "Message Store Tables". */
export interface StoreInfo {
  /** Upper-case hex; stable, and what `openStore` takes. */
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
 * See "IMsgStore : IMAPIProp" (learn.microsoft.com/office/client-developer/outlook/mapi/imsgstoreimapiprop).
 */
export interface Store extends AsyncDisposable {
  readonly info: StoreInfo;
  /** Has the store an IMAPISync? What `QueryInterface(IID_IMAPISync)` answered when it was opened. */
  readonly canSynchronize: boolean;
  /**
   * Starts a synchronisation, or queues it behind the one that runs on this store. Returns at once, never calls MAPI on
   * JavaScript's thread. Throws a TypeError or RangeError for wrong options; everything else ends the run.
   *
   * See "IMAPISync::SynchronizeInBackground"
   * (learn.microsoft.com/office/client-developer/outlook/mapi/imapisync-synchronizeinbackground).
   */
  synchronize(options?: SyncOptions): SyncRun;
  /**
   * Cancels its runs and lets go of the store when their providers have, which it waits for, up to the session's
   * `closeGraceMs`. Idempotent; never rejects.
   */
  close(): Promise<void>;
}

export class MapiStore implements Store {
  readonly info: StoreInfo;
  readonly canSynchronize: boolean;
  readonly #native: NativeStore;
  readonly #graceMs: number;
  readonly #onLeft: () => void;
  readonly #runs = new Set<SyncRunPromise>();
  #left = false;
  #closing: Promise<void> | undefined;

  constructor(native: NativeStore, graceMs: number, onLeft: () => void) {
    const { entryId, displayName, isDefault, providerUid, providerName } = native.row;
    this.info = { entryId, displayName, isDefault, providerUid, providerName };
    this.canSynchronize = native.canSynchronize;
    this.#native = native;
    this.#graceMs = graceMs;
    this.#onLeft = onLeft;
  }

  /** The native side of a store, for the raw interface of `mapisync/com`. Undefined for what is no store of ours. */
  static nativeOf(store: unknown): { readonly native: NativeStore; readonly isClosed: boolean } | undefined {
    if (typeof store !== 'object' || store === null || !(#native in store)) return undefined;
    return { native: store.#native, isClosed: store.#left };
  }

  synchronize(options?: SyncOptions): SyncRun {
    const site = new CallSite(this.synchronize);
    const { signal, engine: wanted, ...native } = readSyncOptions(options);
    const engine = wanted === 'transport' || (wanted === 'auto' && !this.canSynchronize) ? 'transport' : 'imapisync';
    const start = (onReady: () => void) => {
      if (signal?.aborted) return new EndedRun(native.flags, EndReason.cancelled, onReady);
      if (this.#left) return new EndedRun(native.flags, FacadeEnd.closed, onReady);
      if (engine === 'transport') return new EndedRun(native.flags, FacadeEnd.noTransport, onReady);
      if (!this.canSynchronize) return new EndedRun(native.flags, FacadeEnd.noInterface, onReady);
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
    this.#left = true;
    this.#onLeft();
    const runs = [...this.#runs];
    for (const run of runs) run.cancel();
    // Natively they have ended by now; here when listeners have been called with what came before.
    await Promise.allSettled([this.#native.close(this.#graceMs), ...runs]);
  }
}
