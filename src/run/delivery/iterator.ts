/** One `for await` over a run. */

import type { SyncEvent } from '../events.js';
import type { IteratorBuffer } from './iterator-buffer.js';
import { Served, type TurnMember, turns } from './turns.js';

/** The run, as its iterators see it. */
export interface IteratedRun {
  /** An iterator begins. Returns its buffer, with the events that the iterator begins with. */
  begin(iterator: SyncIterator): IteratorBuffer;
  /** An iterator has taken everything from its buffer. */
  onBufferEmpty(): void;
  /** An iterator takes no more events. */
  detach(iterator: SyncIterator): void;
  /** Resolves, or rejects, as the run does. */
  settled(): Promise<unknown>;
}

interface Waiter {
  readonly resolve: (
    result: IteratorResult<SyncEvent, undefined> | Promise<IteratorResult<SyncEvent, undefined>>,
  ) => void;
}

const DONE: IteratorReturnResult<undefined> = Object.freeze({ done: true, value: undefined });

/**
 * Iterates over the events of a run. It is no async generator because it answers from its buffer without a turn of the event
 * loop, some million times a second. After each turn's time it waits for the next turn, so that timers and I/O are served.
 */
export class SyncIterator implements AsyncIterableIterator<SyncEvent, undefined>, TurnMember {
  /** The reader waits for events that are already buffered. */
  readonly keepsAlive = true;
  readonly #run: IteratedRun;
  #buffer: IteratorBuffer | undefined;
  #waiters: Waiter[] = [];
  #hasSeenEnd = false;
  #isOver = false;
  #isYielding = false;

  constructor(run: IteratedRun) {
    this.#run = run;
  }

  next(): Promise<IteratorResult<SyncEvent, undefined>> {
    if (this.#isOver) return Promise.resolve(DONE);
    this.#buffer ??= this.#run.begin(this);
    if (this.#waiters.length > 0) return this.#wait();
    if (turns.isOver() && !this.#buffer.isEmpty) {
      this.#isYielding = true;
      turns.enqueue(this);
      return this.#wait();
    }
    const event = this.#buffer.shift();
    if (event !== undefined) return Promise.resolve(this.#result(event));
    if (this.#hasSeenEnd) return this.#finish();
    const promise = this.#wait();
    this.#run.onBufferEmpty();
    return promise;
  }

  return(): Promise<IteratorResult<SyncEvent, undefined>> {
    this.#detach();
    return Promise.resolve(DONE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#detach();
  }

  get isFull(): boolean {
    return this.#buffer?.isFull ?? false;
  }

  /** Adds an event of the run. */
  push(event: SyncEvent, units: number): void {
    this.#buffer?.push(event, units);
    if (this.#waiters.length === 0 || this.#isYielding) return;
    this.#serveWaiters();
  }

  /** The next turn has come. */
  serve(): typeof Served.IDLE {
    this.#isYielding = false;
    this.#serveWaiters();
    return Served.IDLE;
  }

  #serveWaiters(): void {
    while (this.#waiters.length > 0) {
      const event = this.#buffer?.shift();
      if (event !== undefined) {
        this.#waiters.shift()?.resolve(this.#result(event));
      } else if (this.#hasSeenEnd) {
        this.#waiters.shift()?.resolve(this.#isOver ? DONE : this.#finish());
      } else {
        this.#run.onBufferEmpty();
        return;
      }
    }
  }

  #wait(): Promise<IteratorResult<SyncEvent, undefined>> {
    return new Promise((resolve) => {
      this.#waiters.push({ resolve });
    });
  }

  #result(event: SyncEvent): IteratorYieldResult<SyncEvent> {
    if (event.type === 'end') this.#hasSeenEnd = true;
    return { done: false, value: event };
  }

  /** The answer after the end: done, or, once, what the run's promise rejects with. */
  #finish(): Promise<IteratorResult<SyncEvent, undefined>> {
    this.#isOver = true;
    this.#run.detach(this);
    return this.#run.settled().then(() => DONE);
  }

  #detach(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#buffer !== undefined) this.#run.detach(this);
    this.#buffer = undefined;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const { resolve } of waiters) resolve(DONE);
  }
}
