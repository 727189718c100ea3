/** The state of a run: what has happened so far, and who watches. */

import { codeOf, succeeded } from '../codes.js';
import type { NativeRun } from '../native/binding.js';
import { EventPump, type EventSink } from './delivery/event-pump.js';
import { FirstAndLast } from './delivery/first-and-last.js';
import type { IteratedRun, SyncIterator } from './delivery/iterator.js';
import { EveryEvent, type IteratorBuffer, LatestEvents } from './delivery/iterator-buffer.js';
import { SyncListeners } from './delivery/listeners.js';
import {
  type EndEvent,
  fractionOf,
  type ProblemEvent,
  type ProgressEvent,
  type StartEvent,
  type SyncEngine,
  type SyncEvent,
} from './events.js';
import { type Conclusion, conclude } from './run-end.js';

/** The run that the state belongs to. */
interface RunOwner {
  /** The reason that the run was cancelled with; undefined where there is none. */
  cancelReason(): unknown;
  /**
   * The run has ended. Called once, when `result` and `state` are set and every listener has been called.
   * @param isWatched There is an `end` listener or an active iterator, which learns of a failure.
   */
  onEnded(conclusion: Conclusion, isWatched: boolean): void;
  /** Resolves, or rejects, as the run does. */
  settled(): Promise<unknown>;
}

const KEPT_PROBLEMS = 1000;
const KEPT_PROBLEM_UNITS = 8 * 1024 * 1024;

export class RunState implements EventSink, IteratedRun {
  readonly listeners = new SyncListeners();
  readonly native: NativeRun;
  readonly pump: EventPump;
  readonly #engine: SyncEngine;
  readonly #every: boolean;
  readonly #owner: RunOwner;
  readonly #iterators = new Set<SyncIterator>();
  readonly #problems = new FirstAndLast<ProblemEvent>(KEPT_PROBLEMS, KEPT_PROBLEM_UNITS);
  #start: StartEvent | null = null;
  #end: EndEvent | null = null;
  #conclusion: Conclusion | null = null;

  // The newest progress: as numbers, and as an event once somebody has asked for the event.
  #hasProgress = false;
  #text: string | null = null;
  #index = 0;
  #max = 0;
  #at = 0;
  #latest: ProgressEvent | null = null;
  #countedText: string | null = null;

  constructor(
    start: (onReady: () => void) => NativeRun,
    { engine, every }: { readonly engine: SyncEngine; readonly every: boolean },
    owner: RunOwner,
  ) {
    this.#engine = engine;
    this.#every = every;
    this.#owner = owner;
    this.native = start(() => this.pump.onReady());
    this.pump = new EventPump(this.native, every, this);
  }

  get state(): 'starting' | 'running' | 'ended' {
    if (this.#conclusion !== null) return 'ended';
    return this.#start === null ? 'starting' : 'running';
  }

  get conclusion(): Conclusion | null {
    return this.#conclusion;
  }

  get latest(): ProgressEvent | null {
    if (this.#latest === null && this.#hasProgress) this.#latest = this.#progressEvent();
    return this.#latest;
  }

  onStart(flags: number, at: number): void {
    this.#start = { type: 'start', flags, engine: this.#engine, at };
    this.#deliver(this.#start, 0);
  }

  onProgress(text: string | null, _textWasNull: boolean, index: number, max: number, at: number): void {
    this.#hasProgress = true;
    this.#text = text;
    this.#index = index;
    this.#max = max;
    this.#at = at;
    this.#latest = null;
    if (this.#iterators.size === 0) {
      if (this.listeners.has('progress')) {
        this.#latest = this.#progressEvent();
        if (!this.listeners.emit(this.#latest)) this.pump.interrupt();
      }
      return;
    }
    this.#latest = this.#progressEvent();
    // Events that repeat a text share one string, so it counts once.
    const units = text === null || text === this.#countedText ? 0 : text.length;
    this.#countedText = text;
    this.#deliver(this.#latest, units);
  }

  onProblem(hresult: number, text: string | null, at: number): void {
    const severity = succeeded(hresult) ? 'warning' : 'error';
    const problem: ProblemEvent = { type: 'problem', severity, hresult, code: codeOf(hresult), message: text, at };
    const units = text?.length ?? 0;
    this.#problems.push(problem, units);
    this.#deliver(problem, units);
  }

  onEnd(reason: number, hresult: number, doneHresult: number, detail: string | null, at: number): void {
    const { native, latest } = this;
    const end = { reason, hresult, doneHresult, detail, at };
    const conclusion = conclude(end, {
      engine: this.#engine,
      problems: this.#problems.toArray(),
      problemCount: native.problemCount,
      updates: native.updates,
      lastProgress: latest,
      startedAt: this.#start?.at ?? at,
      cancelReason: this.#owner.cancelReason(),
    });
    const { event } = conclusion;
    this.#end = event;
    this.#conclusion = conclusion;
    let isWatched = this.listeners.has('end');
    for (const iterator of this.#iterators) iterator.push(event, 0);
    this.listeners.end(event);
    isWatched ||= this.#iterators.size > 0;
    this.#owner.onEnded(conclusion, isWatched);
  }

  begin(iterator: SyncIterator): IteratorBuffer {
    const buffer = this.#every ? new EveryEvent() : new LatestEvents();
    if (this.#start !== null) buffer.push(this.#start, 0);
    if (this.#end !== null) buffer.push(this.#end, 0);
    else this.#iterators.add(iterator);
    return buffer;
  }

  onBufferEmpty(): void {
    for (const iterator of this.#iterators) if (iterator.isFull) return;
    this.pump.release();
  }

  detach(iterator: SyncIterator): void {
    this.#iterators.delete(iterator);
    this.onBufferEmpty();
  }

  settled(): Promise<unknown> {
    return this.#owner.settled();
  }

  #progressEvent(): ProgressEvent {
    return {
      type: 'progress',
      message: this.#text,
      index: this.#index,
      max: this.#max,
      fraction: fractionOf(this.#index, this.#max),
      at: this.#at,
    };
  }

  /** Iterators come first, so that an iterator which begins in a listener sees what comes after this event. */
  #deliver(event: SyncEvent, units: number): void {
    for (const iterator of this.#iterators) {
      iterator.push(event, units);
      if (iterator.isFull) this.pump.hold();
    }
    if (!this.listeners.emit(event)) this.pump.interrupt();
  }
}
