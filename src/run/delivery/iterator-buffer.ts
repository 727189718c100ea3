/** The events that wait for a slow iterator: one kind of buffer for each kind of delivery. */

import type { ProblemEvent, ProgressEvent, SyncEvent } from '../events.js';
import { FirstAndLast } from './first-and-last.js';

export interface IteratorBuffer {
  /** So many events wait that the provider is to be held. */
  readonly isFull: boolean;
  readonly isEmpty: boolean;
  /** @param units How many UTF-16 units of text the event has that no earlier event shares. */
  push(event: SyncEvent, units: number): void;
  shift(): SyncEvent | undefined;
}

/** While so many events wait for one iterator, an 'every' run takes nothing from the provider. */
export const MAX_BUFFERED_EVENTS = 512;
/** While so many UTF-16 units of text wait for one iterator, an 'every' run takes nothing from the provider. */
export const MAX_BUFFERED_UNITS = 4 * 1024 * 1024;

/** Keeps everything. Its bound is kept by the run, which takes nothing more while `isFull`. */
export class EveryEvent implements IteratorBuffer {
  #events: SyncEvent[] = [];
  #head = 0;
  #units = 0;

  get isFull(): boolean {
    return this.#events.length - this.#head >= MAX_BUFFERED_EVENTS || this.#units >= MAX_BUFFERED_UNITS;
  }

  get isEmpty(): boolean {
    return this.#head === this.#events.length;
  }

  push(event: SyncEvent, units: number): void {
    this.#events.push(event);
    this.#units += units;
  }

  shift(): SyncEvent | undefined {
    const event = this.#events[this.#head];
    if (event === undefined) return undefined;
    this.#head += 1;
    if (this.#head === this.#events.length) {
      this.#events.length = 0;
      this.#head = 0;
      this.#units = 0;
    } else if (this.#head === MAX_BUFFERED_EVENTS) {
      // The array must not keep events alive that have been taken.
      this.#events = this.#events.slice(this.#head);
      this.#head = 0;
    }
    return event;
  }
}

/** A problem, with the last progress before it. */
interface Step {
  progress: ProgressEvent | null;
  readonly problem: ProblemEvent;
}

const KEPT_PROBLEMS = 1000;

/** Keeps the newest progress, the last before each problem, and the first and last 1000 problems. */
export class LatestEvents implements IteratorBuffer {
  readonly #steps = new FirstAndLast<Step>(KEPT_PROBLEMS, MAX_BUFFERED_UNITS);
  #start: SyncEvent | null = null;
  #problem: ProblemEvent | null = null;
  #progress: ProgressEvent | null = null;
  #end: SyncEvent | null = null;

  get isFull(): boolean {
    return false;
  }

  get isEmpty(): boolean {
    return (
      this.#start === null &&
      this.#problem === null &&
      this.#steps.size === 0 &&
      this.#progress === null &&
      this.#end === null
    );
  }

  push(event: SyncEvent, units: number): void {
    switch (event.type) {
      case 'progress':
        this.#progress = event;
        break;
      case 'problem':
        this.#steps.push({ progress: this.#progress, problem: event }, units, handProgressOn);
        this.#progress = null;
        break;
      case 'start':
        this.#start = event;
        break;
      case 'end':
        this.#end = event;
        break;
    }
  }

  shift(): SyncEvent | undefined {
    let event: SyncEvent | null = this.#start;
    if (event !== null) {
      this.#start = null;
      return event;
    }
    event = this.#problem;
    if (event !== null) {
      this.#problem = null;
      return event;
    }
    const step = this.#steps.shift();
    if (step !== undefined) {
      if (step.progress === null) return step.problem;
      this.#problem = step.problem;
      return step.progress;
    }
    event = this.#progress;
    if (event !== null) {
      this.#progress = null;
      return event;
    }
    event = this.#end;
    this.#end = null;
    return event ?? undefined;
  }
}

// The last progress before a dropped problem is also the last before the next one, unless that has one of its own.
function handProgressOn(dropped: Step, next: Step): void {
  next.progress ??= dropped.progress;
}
