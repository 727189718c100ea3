/**
 * `mapisync/com`: the interface as it is, under Microsoft's names. Everything happens on the calling JavaScript thread;
 * the calls into the provider are made on a thread of the engine, as for `Store.synchronize`.
 *
 * See "IMAPISync : IUnknown" (learn.microsoft.com/office/client-developer/outlook/mapi/imapisynciunknown).
 */
import { readFunction, readObject, readOptions, shown } from './arguments.js';
import { EndReason, type NativeRun, type NativeStore } from './binding.js';
import { abortError, CallSite, closedError, MapiError, reportUncaught } from './errors.js';
import { EventPump, type EventSink } from './event-pump.js';
import { MapiStore, type Store } from './store.js';
import { readDelivery, readFlags } from './sync-options.js';

export {
  SYNC_DOWNLOAD_CONTENTS,
  SYNC_DOWNLOAD_HIERARCHY,
  SYNC_GLOBAL_HEADERS,
  SYNC_ON_DEMAND,
  SYNC_OUTGOING_MAIL,
  SYNC_UPLOAD_CONTENTS,
  SYNC_UPLOAD_HIERARCHY,
} from './sync-flags.js';

/** See "MAPI Constants" (learn.microsoft.com/office/client-developer/outlook/mapi/mapi-constants). */
export const IID_IMAPISync = '{5024A385-2D44-486A-81A8-8F0ECB6071DD}';
/** As above. */
export const IID_IMAPISyncProgressCallback = '{5024A386-2D44-486A-81A8-8F0ECB6071DD}';

/**
 * What the provider calls. An exception that a method throws is reported as uncaught, and the run goes on; the provider
 * has had its S_OK by then.
 *
 * See "IMAPISyncProgressCallback : IUnknown"
 * (learn.microsoft.com/office/client-developer/outlook/mapi/imapisyncprogresscallbackiunknown).
 */
export interface IMAPISyncProgressCallback {
  /** `text` is null where the provider passed NULL: the position alone has changed. Numbers: 0 to 0xFFFFFFFF. */
  Progress(text: string | null, index: number, max: number): void;
  /** An error or a warning; unsigned. `text` is null where the provider passed NULL. */
  Error(hresult: number, text: string | null): void;
  /** The first `Done`; unsigned. Not called where the provider never called it. */
  Done(hresult: number): void;
}

/** See "MAPISIB" (learn.microsoft.com/office/client-developer/outlook/mapi/mapisib). */
export interface MAPISIB {
  /** The exact `ulFlags`, 0 to 0xFFFFFFFF. */
  readonly flags: number;
  readonly callback: IMAPISyncProgressCallback;
  /** `'every'` by default: each call is delivered, and a provider that is too fast waits. */
  readonly delivery?: 'latest' | 'every' | undefined;
}

export interface IMAPISync {
  /**
   * Makes the call, or queues it behind a run of the same store. Resolves with the call's own HRESULT, success or not, when
   * it has returned and `callback` has been given what came before; calls that come later still reach `callback`.
   * Rejects with a TypeError or RangeError for wrong arguments, with `MAPI_CLOSED` on a closed store, and with an AbortError
   * where the store is closed before the call was made or while it is under way.
   *
   * See "IMAPISync::SynchronizeInBackground"
   * (learn.microsoft.com/office/client-developer/outlook/mapi/imapisync-synchronizeinbackground).
   */
  SynchronizeInBackground(sib: MAPISIB): Promise<number>;
}

/**
 * The store's IMAPISync. Throws a MapiError with `MAPI_E_INTERFACE_NOT_SUPPORTED` where the store has none or `iid` is
 * another, with `MAPI_CLOSED` where the store is closed, and a TypeError for what is no store.
 *
 * See "IUnknown::QueryInterface" (learn.microsoft.com/windows/win32/api/unknwn/nf-unknwn-iunknown-queryinterface(refiid_void)).
 */
export function queryInterface(store: Store, iid: typeof IID_IMAPISync): IMAPISync {
  const site = new CallSite(queryInterface);
  const found = MapiStore.nativeOf(store);
  if (found === undefined) throw new TypeError(`store must be an open Store; got ${shown(store)}`);
  if (typeof iid !== 'string') throw new TypeError(`iid must be a string such as IID_IMAPISync; got ${shown(iid)}`);
  if (found.isClosed) throw closedError(QUERY_INTERFACE, site);
  const isOurs = (iid as string).toUpperCase() === IID_IMAPISync;
  if (!isOurs || !found.native.canSynchronize) {
    throw site.sign(new MapiError({ operation: QUERY_INTERFACE, hresult: MAPI_E_INTERFACE_NOT_SUPPORTED }));
  }
  return new RawSync(store, found.native);
}

const QUERY_INTERFACE = 'IMsgStore::QueryInterface';
const SYNCHRONIZE = 'IMAPISync::SynchronizeInBackground';
const MAPI_E_INTERFACE_NOT_SUPPORTED = 0x80004002;
const HOLD_MS = 60000;

/** More than the channel ever holds: after so many events, all that came before a moment have been handed over. */
const MORE_THAN_UNDELIVERED = 70000;

class RawSync implements IMAPISync {
  readonly #store: Store;
  readonly #native: NativeStore;

  constructor(store: Store, native: NativeStore) {
    this.#store = store;
    this.#native = native;
  }

  async SynchronizeInBackground(sib: MAPISIB): Promise<number> {
    const site = new CallSite(this.SynchronizeInBackground);
    const { flags, callback, delivery } = readSib(sib);
    if (MapiStore.nativeOf(this.#store)?.isClosed !== false) throw closedError(SYNCHRONIZE, site);
    return new Promise((resolve, reject) => {
      const every = delivery !== 'latest';
      const call = new RawCall(callback, resolve, () => reject(site.sign(abortError())));
      call.begin(
        (onReady) => this.#native.synchronize({ flags, every, timeoutMs: 0, stallMs: 0, holdMs: HOLD_MS }, onReady),
        every,
      );
    });
  }
}

/** One call, from its beginning to the last event. */
class RawCall implements EventSink {
  readonly #callback: IMAPISyncProgressCallback;
  readonly #resolve: (hresult: number) => void;
  readonly #reject: () => void;
  #run: NativeRun | undefined;
  #pump: EventPump | undefined;
  #returned: number | undefined;
  #eventsSinceReturn = 0;

  constructor(callback: IMAPISyncProgressCallback, resolve: (hresult: number) => void, reject: () => void) {
    this.#callback = callback;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  begin(start: (onReady: () => void) => NativeRun, every: boolean): void {
    const run = start(() => this.#pump?.onReady());
    const pump = new EventPump(run, every, this);
    this.#run = run;
    this.#pump = pump;
    void run.returned().then((hresult) => {
      if (hresult === null) {
        this.#reject();
        return;
      }
      this.#returned = hresult;
      // What came before the return has been written, and is taken first.
      pump.onReady();
    });
  }

  onStart(): void {
    // The interface itself has no such call.
  }

  onProgress(text: string | null, textWasNull: boolean, index: number, max: number): void {
    this.#tell(() => this.#callback.Progress(textWasNull ? null : text, index, max));
  }

  onProblem(hresult: number, text: string | null): void {
    this.#tell(() => this.#callback.Error(hresult, text));
  }

  onEnd(reason: number): void {
    const done = this.#run?.done ?? null;
    if (done !== null) this.#tell(() => this.#callback.Done(done));
    if (this.#returned === undefined && reason === EndReason.cancelled) this.#reject();
    this.#settle();
  }

  onDrained(): void {
    this.#settle();
  }

  #settle(): void {
    if (this.#returned !== undefined) this.#resolve(this.#returned);
  }

  #tell(call: () => void): void {
    try {
      call();
    } catch (exception) {
      this.#pump?.interrupt();
      reportUncaught(exception);
    }
    if (this.#returned === undefined) return;
    this.#eventsSinceReturn += 1;
    if (this.#eventsSinceReturn === MORE_THAN_UNDELIVERED) this.#settle();
  }
}

const SIB = {
  flags: readFlags,
  callback: readCallback,
  delivery: readDelivery,
};

function readSib(value: unknown): MAPISIB {
  const given = readOptions<Required<MAPISIB>>(readObject(value, 'sib'), 'sib', SIB);
  const { flags, callback } = given;
  if (flags === undefined) throw new TypeError('sib.flags must be a number; got undefined');
  if (callback === undefined) throw new TypeError('sib.callback must be an object; got undefined');
  return { ...given, flags, callback };
}

function readCallback(value: unknown, name: string): IMAPISyncProgressCallback {
  const callback = readObject(value, name);
  for (const method of ['Progress', 'Error', 'Done']) readFunction(callback[method], `${name}.${method}`);
  return callback as unknown as IMAPISyncProgressCallback;
}
