/** One synchronisation, as the user holds it. */
import { oneOf, readFunction } from './arguments.js';
import type { NativeRun } from './binding.js';
import type { CallSite } from './errors.js';
import { RunCourse } from './run-course.js';
import type { ProgressEvent, SyncEngine, SyncEvent, SyncResult } from './sync-events.js';
import { SyncIterator } from './sync-iterator.js';
import type { Listener, SyncEventType } from './sync-listeners.js';

/**
 * A synchronisation that runs, or has run: a native promise of its result, with members of its own.
 *
 * - The promise settles when the provider has called `Done` (or the run has ended otherwise) and listeners have been
 *   called with everything before it and with `end`. It never waits for iterators. It rejects with a SyncError, a
 *   SyncTimeoutError, or the reason that the run was cancelled with.
 * - Whether a rejection is handled is decided when it settles: it is if the run was awaited, has an `end` listener or an
 *   active iterator, or was asked to end by `cancel`, `close` or dispose.
 * - Since it is a promise, an `async` function that returns it hands on its result: pass the run itself in an object.
 *
 * Everything here happens on the thread that called `synchronize`.
 * See "IMAPISyncProgressCallback : IUnknown"
 * (learn.microsoft.com/office/client-developer/outlook/mapi/imapisyncprogresscallbackiunknown).
 */
export interface SyncRun extends Promise<SyncResult>, AsyncIterable<SyncEvent>, AsyncDisposable {
  /** `starting` until the provider is called, which may have to wait for an earlier run on the same store. */
  readonly state: 'starting' | 'running' | 'ended';
  /** The newest progress; null before there was any. */
  readonly latest: ProgressEvent | null;
  /** What it came to, as soon as it has ended, however it ended; null until then. */
  readonly result: SyncResult | null;
  /**
   * Calls a listener with each event of a type. One that throws is reported as an uncaught exception, and the run goes
   * on. One that is added after the end is called with `end` once, in a microtask.
   */
  on<K extends SyncEventType>(type: K, listener: (event: SyncEvent & { type: NoInfer<K> }) => void): this;
  /** As `on`, for the next event of the type alone. */
  once<K extends SyncEventType>(type: K, listener: (event: SyncEvent & { type: NoInfer<K> }) => void): this;
  /** Removes a listener that `on` or `once` added. */
  off<K extends SyncEventType>(type: K, listener: (event: SyncEvent & { type: NoInfer<K> }) => void): this;
  /**
   * Ends the run as cancelled, unless it has ended. The promise rejects with the reason, or with an AbortError; the first
   * reason wins. The provider's later calls are answered with `MAPI_E_USER_CANCEL`, which is all that one can do.
   */
  cancel(reason?: unknown): void;
  /** Keeps the process alive until it has ended, as a run does unless `unref` was called. */
  ref(): this;
  /** Does not keep the process alive. */
  unref(): this;
  /**
   * The run's events from the first `next()` on: its `start`, then what comes, and always `end`. Then it returns, or
   * throws what the promise rejects with. Leaving early cancels nothing.
   *
   * With `delivery: 'every'` a slow iterator holds the provider: it takes nothing more while 512 events, or 8 MiB of
   * text, wait for it, and the provider waits when 65,536 more are undelivered.
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<SyncEvent, undefined>;
  /** Cancels the run if it runs, and waits, up to the session's `closeGraceMs`, until the provider has let go. Never rejects. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** What a run needs to know besides where its events come from. */
export interface RunContext {
  readonly engine: SyncEngine;
  readonly every: boolean;
  readonly signal: AbortSignal | undefined;
  /** Where it was asked for, for the stacks of its errors. */
  readonly site: CallSite;
  /** How long dispose waits for the provider, in milliseconds. */
  readonly graceMs: number;
  readonly onEnded: () => void;
}

const readEventType = oneOf('start', 'progress', 'problem', 'end');

export class SyncRunPromise extends Promise<SyncResult> implements SyncRun {
  static {
    // What util.inspect shows.
    Object.defineProperty(SyncRunPromise, 'name', { value: 'SyncRun', configurable: true });
  }

  /** `then` and its like make plain promises. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  readonly #context: RunContext;
  readonly #course: RunCourse;
  #cancelReason: { readonly reason: unknown } | undefined;
  #wasAskedToEnd = false;

  /** `start` makes the source of the run's events, which calls `onReady` in later turns or microtasks, not at once. */
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
    this.#course = new RunCourse(start, context, {
      cancelReason: () => this.#cancelReason?.reason,
      onConcluded: (conclusion, isWatched) => {
        signal?.removeEventListener('abort', onAbort);
        onEnded();
        if (conclusion.result.outcome === 'succeeded') {
          resolve(conclusion.result);
          return;
        }
        // Who asked for the end, or is told of it, need not await the promise as well.
        if (isWatched || this.#wasAskedToEnd) this.then(undefined, () => {});
        reject(conclusion.failure(site));
      },
      settled: () => this,
    });
    if (signal?.aborted === false) signal.addEventListener('abort', onAbort, { once: true });
  }

  get state(): 'starting' | 'running' | 'ended' {
    return this.#course.state;
  }

  get latest(): ProgressEvent | null {
    return this.#course.latest;
  }

  get result(): SyncResult | null {
    return this.#course.conclusion?.result ?? null;
  }

  on<K extends SyncEventType>(type: K, listener: Listener<NoInfer<K>>): this {
    this.#course.listeners.add(readEventType(type, 'type'), readFunction<Listener<never>>(listener, 'listener'), false);
    return this;
  }

  once<K extends SyncEventType>(type: K, listener: Listener<NoInfer<K>>): this {
    this.#course.listeners.add(readEventType(type, 'type'), readFunction<Listener<never>>(listener, 'listener'), true);
    return this;
  }

  off<K extends SyncEventType>(type: K, listener: Listener<NoInfer<K>>): this {
    this.#course.listeners.remove(readEventType(type, 'type'), readFunction<Listener<never>>(listener, 'listener'));
    return this;
  }

  cancel(reason?: unknown): void {
    if (this.#course.conclusion !== null) return;
    this.#wasAskedToEnd = true;
    this.#cancel(reason);
  }

  ref(): this {
    this.#course.native.ref();
    this.#course.pump.keepsAlive = true;
    return this;
  }

  unref(): this {
    this.#course.native.unref();
    this.#course.pump.keepsAlive = false;
    return this;
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<SyncEvent, undefined> {
    return new SyncIterator(this.#course);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cancel();
    await this.then(
      () => {},
      () => {},
    );
    await this.#course.native.letGo(this.#context.graceMs);
  }

  #cancel(reason: unknown): void {
    this.#cancelReason ??= { reason };
    this.#course.native.cancel();
  }
}
