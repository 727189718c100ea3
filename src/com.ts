/**
 * `mapisync/com`: the interface as it is, under Microsoft's names. The callback is called on the JavaScript thread that made
 * the call; the provider is called on a thread of the engine, as for `Store.synchronize`.
 *
 * See https://learn.microsoft.com/office/client-developer/outlook/mapi/imapisynciunknown
 */
import { readFunction, readObject, readOptions, shown } from './arguments.js';
import { abortError, CallSite, closedError, MapiError, reportUncaught } from './errors.js';
import { EndReason, type NativeRun, type NativeStore } from './native/binding.js';
import { EventPump, type EventSink } from './run/delivery/event-pump.js';
import { readDelivery, readFlags } from './run/options.js';
import { MapiStore, type Store } from './store.js';

export {
  SYNC_DOWNLOAD_CONTENTS,
  SYNC_DOWNLOAD_HIERARCHY,
  SYNC_GLOBAL_HEADERS,
  SYNC_ON_DEMAND,
  SYNC_OUTGOING_MAIL,
  SYNC_UPLOAD_CONTENTS,
  SYNC_UPLOAD_HIERARCHY,
} from './run/options.js';

/** See https://learn.microsoft.com/office/client-developer/outlook/mapi/mapi-constants */
export const IID_IMAPISync = '{5024A385-2D44-486A-81A8-8F0ECB6071DD}';
/** See https://learn.microsoft.com/office/client-developer/outlook/mapi/mapi-constants */
export const IID_IMAPISyncProgressCallback = '{5024A386-2D44-486A-81A8-8F0ECB6071DD}';

/**
 * What the provider calls. An exception that a method throws is reported as uncaught, and the run goes on: the provider's
 * call has returned S_OK by then.
 *
 * See https://learn.microsoft.com/office/client-developer/outlook/mapi/imapisyncprogresscallbackiunknown
 */
export interface IMAPISyncProgressCallback {
  /** `text` is null where the provider passed NULL: only the position has changed. The numbers are 0 to 0xFFFFFFFF. */
  Progress(text: string | null, index: number, max: number): void;
  /** An error or a warning. `hresult` is unsigned; `text` is null where the provider passed NULL. */
  Error(hresult: number, text: string | null): void;
  /** The provider's first `Done`. `hresult` is unsigned. Not called where the provider never calls `Done`. */
  Done(hresult: number): void;
}

/** See https://learn.microsoft.com/office/client-developer/outlook/mapi/mapisib */
export interface MAPISIB {
  /** The exact `ulFlags`, 0 to 0xFFFFFFFF. */
  readonly flags: number;
  readonly callback: IMAPISyncProgressCallback;
  /**
   * `'every'`: each call is delivered, and a provider that is too fast waits. `'latest'`: progress that is overtaken before it
   * could be delivered may be left out.
   * @default 'every'
   */
  readonly delivery?: 'latest' | 'every' | undefined;
}

export interface IMAPISync {
  /**
   * Makes the call, or queues it behind a run of the same store. Resolves with the call's own HRESULT, success or not, when
   * the call has returned and `callback` has been called with what came before. Later calls of the provider still reach
   * `callback`.
   *
   * @throws {TypeError | RangeError} for wrong arguments
   * @throws {MapiError} `MAPI_CLOSED` on a closed store
   * @throws an AbortError where the store is closed before the call is made, or while it is under way
   *
   * See https://learn.microsoft.com/office/client-developer/outlook/mapi/imapisync-synchronizeinbackground
   */
  SynchronizeInBackground(sib: MAPISIB): Promise<number>;
}

/**
 * The store's IMAPISync.
 *
 * @throws {MapiError} `MAPI_E_INTERFACE_NOT_SUPPORTED` where the store has no IMAPISync, or `iid` names another interface;
 *   `MAPI_CLOSED` where the store is closed
 * @throws {TypeError} for a value that is no store
 * @example
 * const sync = queryInterface(store, IID_IMAPISync);
 * const hresult = await sync.SynchronizeInBackground({
 *   flags: SYNC_DOWNLOAD_CONTENTS,
 *   callback: { Progress: console.log, Error: console.warn, Done: console.log },
 * });
 *
 * See https://learn.microsoft.com/windows/win32/api/unknwn/nf-unknwn-iunknown-queryinterface(refiid_void)
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

/** More events than the channel can hold: after so many, all that had come by a moment have been delivered. */
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

/** One call of SynchronizeInBackground, from its beginning to the last event. */
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
      // The events from before the return have been written by now, and are delivered before the promise resolves.
      pump.onReady();
    });
  }

  onStart(): void {
    // The interface has no such call.
  }

  onProgress(text: string | null, textWasNull: boolean, index: number, max: number): void {
    this.#invoke(() => this.#callback.Progress(textWasNull ? null : text, index, max));
  }

  onProblem(hresult: number, text: string | null): void {
    this.#invoke(() => this.#callback.Error(hresult, text));
  }

  onEnd(reason: number): void {
    const done = this.#run?.done ?? null;
    if (done !== null) this.#invoke(() => this.#callback.Done(done));
    if (this.#returned === undefined && reason === EndReason.CANCELLED) this.#reject();
    this.#settle();
  }

  onDrained(): void {
    this.#settle();
  }

  #settle(): void {
    if (this.#returned !== undefined) this.#resolve(this.#returned);
  }

  #invoke(call: () => void): void {
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
