/** One synchronisation, as the user holds it. */
import { oneOf, readFunction } from '../arguments.js';
import type { CallSite } from '../errors.js';
import type { NativeRun } from '../native/binding.js';
import { SyncIterator } from './delivery/iterator.js';
import type { Listener, SyncEventType } from './delivery/listeners.js';
import type { ProgressEvent, SyncEngine, SyncEvent, SyncResult } from './events.js';
import { RunState } from './run-state.js';

/**
 * A synchronisation that runs, or has run: a native promise of its result, with members of its own.
 *
 * - The promise settles when the provider has called `Done` (or the run has ended in another way) and listeners have been
 *   called with all events, the `end` included. It never waits for iterators. It rejects with a SyncError, a
 *   SyncTimeoutError, or the reason that the run was cancelled with.
 * - Whether a rejection is handled is decided when the promise settles. It is handled if the run was awaited, has an `end`
 *   listener or an active iterator, or was asked to end by `cancel`, `close` or dispose.
 * - Because a run is a promise, an `async` function that returns it returns its result: pass the run itself in an object.
 *
 * Everything here happens on the thread that called `synchronize`.
 *
 * See https://learn.microsoft.com/office/client-developer/outlook/mapi/imapisyncprogresscallbackiunknown
 */
export interface SyncRun extends Promise<SyncResult>, AsyncIterable<SyncEvent>, AsyncDisposable {
  /** `starting` until the provider is called, which may have to wait for an earlier run on the same store. */
  readonly state: 'starting' | 'running' | 'ended';
  /** The newest progress; null before there is any. */
  readonly latest: ProgressEvent | null;
  /** The result, as soon as the run has ended, however it ended; null until then. */
  readonly result: SyncResult | null;
  /**
   * Calls a listener with each event of a type. The exception of a listener is reported as uncaught, and the run goes on.
   * A listener that is added after the end is called with `end` once, in a microtask.
   *
   * @throws {TypeError} for a type that does not exist, or a listener that is no function
   */
  on<K extends SyncEventType>(type: K, listener: (event: SyncEvent & { type: NoInfer<K> }) => void): this;
  /** Does the same as `on`, for the next event of the type alone. */
  once<K extends SyncEventType>(type: K, listener: (event: SyncEvent & { type: NoInfer<K> }) => void): this;
  /** Removes a listener that `on` or `once` has added. */
  off<K extends SyncEventType>(type: K, listener: (event: SyncEvent & { type: NoInfer<K> }) => void): this;
  /**
   * Ends the run as cancelled, unless it has ended. The promise rejects with the reason, or with an AbortError where none is
   * given; the first reason wins. IMAPISync has no call that stops a provider: its later calls get `MAPI_E_USER_CANCEL`.
   */
  cancel(reason?: unknown): void;
  /** Lets the run keep the process alive until it has ended. A run does so unless `unref` was called. */
  ref(): this;
  /** Lets the process end although the run has not ended. */
  unref(): this;
  /**
   * The run's events from the first `next()` on: `start`, then the events that come, and always `end`. Then the iterator
   * returns, or throws what the promise rejects with. Leaving early cancels nothing.
   *
   * With `delivery: 'every'` a slow iterator holds the provider: while 512 events, or 8 MiB of text, wait for the iterator,
   * nothing is taken from the provider, which waits in its call when another 65,536 events are undelivered.
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<SyncEvent, undefined>;
  /** Cancels the run if it runs, and waits, up to the session's `closeGraceMs`, until the provider has let go. Never rejects. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** What a run is made of, besides the source of its events. */
export interface RunContext {
  readonly engine: SyncEngine;
  readonly every: boolean;
  readonly signal: AbortSignal | undefined;
  /** The call of `synchronize`, for the stacks of the run's errors. */
  readonly site: CallSite;
  /** How long dispose waits for the provider, in milliseconds. */
  readonly graceMs: number;
  readonly onEnded: () => void;
}

const readEventType = oneOf('start', 'progress', 'problem', 'end');

export class SyncRunPromise extends Promise<SyncResult> implements SyncRun {
  static {
    // The name that util.inspect shows.
    Object.defineProperty(SyncRunPromise, 'name', { value: 'SyncRun', configurable: true });
  }

  /** The promises that `then`, `catch` and `finally` make are plain ones. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  readonly #context: RunContext;
  readonly #state: RunState;
  #cancelReason: { readonly reason: unknown } | undefined;
  #wasAskedToEnd = false;

  /** @param start Makes the source of the run's events, which must call `onReady` in a later turn or microtask, not at once. */
  constructor(start: (onReady: () => void) => NativeRun, context: RunContext) {
    let resolve: (result: SyncResult) => void = () => {};
    let reject: (reason: unknown) => void = () => {};
    super((onResult, onReason) => {
      resolve = onResult;
      reject = onReason;
    });
    const { signal, site, onEnded } = context;
    const onAbort = (): void => this.#cancel(signal?.reason);
    if (signal?.aborted) this.#cancelReason = { reason: signal.reason };
    this.#context = context;
    this.#state = new RunState(start, context, {
      cancelReason: () => this.#cancelReason?.reason,
      onEnded: (conclusion, isWatched) => {
        signal?.removeEventListener('abort', onAbort);
        onEnded();
        if (conclusion.result.outcome === 'succeeded') {
          resolve(conclusion.result);
          return;
        }
        // Whoever asked for the end, or is told of it, need not await the promise as well.
        if (isWatched || this.#wasAskedToEnd) this.then(undefined, () => {});
        reject(conclusion.failure(site));
      },
      settled: () => this,
    });
    if (signal?.aborted === false) signal.addEventListener('abort', onAbort, { once: true });
  }

  get state(): 'starting' | 'running' | 'ended' {
    return this.#state.state;
  }

  get latest(): ProgressEvent | null {
    return this.#state.latest;
  }

  get result(): SyncResult | null {
    return this.#state.conclusion?.result ?? null;
  }

  on<K extends SyncEventType>(type: K, listener: Listener<NoInfer<K>>): this {
    this.#state.listeners.add(readEventType(type, 'type'), readFunction<Listener<never>>(listener, 'listener'), false);
    return this;
  }

  once<K extends SyncEventType>(type: K, listener: Listener<NoInfer<K>>): this {
    this.#state.listeners.add(readEventType(type, 'type'), readFunction<Listener<never>>(listener, 'listener'), true);
    return this;
  }

  off<K extends SyncEventType>(type: K, listener: Listener<NoInfer<K>>): this {
    this.#state.listeners.remove(readEventType(type, 'type'), readFunction<Listener<never>>(listener, 'listener'));
    return this;
  }

  cancel(reason?: unknown): void {
    if (this.#state.conclusion !== null) return;
    this.#wasAskedToEnd = true;
    this.#cancel(reason);
  }

  ref(): this {
    this.#state.native.ref();
    this.#state.pump.keepsAlive = true;
    return this;
  }

  unref(): this {
    this.#state.native.unref();
    this.#state.pump.keepsAlive = false;
    return this;
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<SyncEvent, undefined> {
    return new SyncIterator(this.#state);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cancel();
    await this.then(
      () => {},
      () => {},
    );
    await this.#state.native.letGo(this.#context.graceMs);
  }

  #cancel(reason: unknown): void {
    this.#cancelReason ??= { reason };
    this.#state.native.cancel();
  }
}
