/** One `for await` over a run. */
import type { IteratorBuffer } from './iterator-buffer.js';
import type { SyncEvent } from './sync-events.js';
import { Served, type TurnMember, turns } from './turns.js';

/** The run, as its iterators see it. */
export interface IteratedRun {
  /** An iterator begins: gives it a buffer with what it begins with. */
  begin(iterator: SyncIterator): IteratorBuffer;
  /** An iterator has taken all that it had. */
  caughtUp(): void;
  /** An iterator will take no more. */
  leave(iterator: SyncIterator): void;
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
 * Written by hand: it answers from its buffer without a turn of the event loop, some million times a second, and comes
 * back through the loop whenever it has gone on like that for a turn's time, so that timers and I/O get theirs.
 */
export class SyncIterator implements AsyncIterableIterator<SyncEvent, undefined>, TurnMember {
  /** Who reads is waiting for what there is already. */
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
    this.#run.caughtUp();
    return promise;
  }

  return(): Promise<IteratorResult<SyncEvent, undefined>> {
    this.#leave();
    return Promise.resolve(DONE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#leave();
  }

  get isFull(): boolean {
    return this.#buffer?.isFull ?? false;
  }

  /** The run has another event. */
  push(event: SyncEvent, units: number): void {
    this.#buffer?.push(event, units);
    if (this.#waiters.length === 0 || this.#isYielding) return;
    this.#serveWaiters();
  }

  /** The turn that it has yielded to has come. */
  serve(): typeof Served.idle {
    this.#isYielding = false;
    this.#serveWaiters();
    return Served.idle;
  }

  #serveWaiters(): void {
    while (this.#waiters.length > 0) {
      const event = this.#buffer?.shift();
      if (event !== undefined) {
        this.#waiters.shift()?.resolve(this.#result(event));
      } else if (this.#hasSeenEnd) {
        this.#waiters.shift()?.resolve(this.#isOver ? DONE : this.#finish());
      } else {
        this.#run.caughtUp();
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

  /** After the end: done, or what the run's promise rejects with, once. */
  #finish(): Promise<IteratorResult<SyncEvent, undefined>> {
    this.#isOver = true;
    this.#run.leave(this);
    return this.#run.settled().then(() => DONE);
  }

  #leave(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#buffer !== undefined) this.#run.leave(this);
    this.#buffer = undefined;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const { resolve } of waiters) resolve(DONE);
  }
}
