/**
 * Takes a run's events from the native side in batches and delivers them one by one.
 *
 * The way of an event:
 * 1. a provider's thread calls `Progress`, `Error` or `Done` on the callback (native/engine/imapisync/);
 * 2. the sink (native/engine/run/) asks the run's state whether the call still counts;
 * 3. the event channel (native/events/) notes the event, and drops progress that it has overtaken under 'latest';
 * 4. the border (native/addon/) calls `onReady` on JavaScript's thread, once for however many events have gathered;
 * 5. the pump (this file) stands in the queue of turns.ts, so that all runs together leave the event loop its time;
 * 6. in its turn the pump takes a batch through src/native/binding.ts: flat words, and the texts beside them;
 * 7. the pump decodes the batch event by event and gives each to the run's state (src/run/run-state.ts);
 * 8. the run's state keeps the newest progress and the problems, and gives the event to whoever watches:
 * 9. to iterators, which buffer it (iterator.ts, iterator-buffer.ts) and hold the pump when they have too much;
 * 10. and then to listeners (listeners.ts). The last event is the end, with which the promise settles (src/run/sync-run.ts).
 */
import { EventFlag, EventKind, type NativeRun, WORDS_PER_EVENT } from '../../native/binding.js';
import type { TurnBudget } from './turns.js';
import { Served, type TurnMember, turns } from './turns.js';

/** Whoever is given the events of a run, one by one. No method throws. `at` is in milliseconds since the epoch. */
export interface EventSink {
  onStart(flags: number, at: number): void;
  /** `text` is the last text that was not NULL; `textWasNull` says that this call passed NULL. */
  onProgress(text: string | null, textWasNull: boolean, index: number, max: number, at: number): void;
  onProblem(hresult: number, text: string | null, at: number): void;
  /** The last of all. `reason` is an EndReason, or one of the facade's own. */
  onEnd(reason: number, hresult: number, doneHresult: number, text: string | null, at: number): void;
  /** All events that there were have been delivered. */
  onDrained?(): void;
}

/**
 * While progress floods in, a 'latest' run takes events once in so many milliseconds. Nobody looks more often than sixty times
 * a second, and each wake-up costs time, the provider's too. The end of a run does not wait for this.
 */
const FLOOD_PAUSE_MS = 16;

const BATCH_EVENTS = 1024;
const SPARE_BATCHES = 8;

interface Batch {
  readonly words: Uint32Array;
  readonly texts: string[];
}

// As a rule a batch is empty again at the end of a turn, so that hundreds of runs share a few batches.
const spareBatches: Batch[] = [];

export class EventPump implements TurnMember {
  readonly #run: NativeRun;
  readonly #sink: EventSink;
  readonly #every: boolean;
  #batch: Batch | undefined;
  #count = 0;
  #cursor = 0;
  #textCursor = 0;
  #lastText: string | null = null;
  #hadProgress = false;
  #progressAt = Number.NEGATIVE_INFINITY;
  #pauseTimer: NodeJS.Timeout | undefined;
  #isHeld = false;
  #isEnding = false;
  #isInterrupted = false;
  #isOver = false;

  keepsAlive = true;

  constructor(run: NativeRun, every: boolean, sink: EventSink) {
    this.#run = run;
    this.#every = every;
    this.#sink = sink;
  }

  /** Events are available, or the end has been written. */
  onReady(): void {
    if (this.#isOver) return;
    // A reader that is slow, or a pause in a flood, keeps events waiting on purpose. Only the end goes on at once.
    if ((this.#isHeld || this.#pauseTimer !== undefined) && !this.#run.ended) return;
    this.#requestTurn();
  }

  /** A reader has too many events waiting. Nothing is taken until `release`, so that the provider waits. */
  hold(): void {
    this.#isHeld = !this.#isEnding;
  }

  /** No reader has too many events waiting any more. */
  release(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    if (!this.#isOver) turns.enqueue(this);
  }

  /** Stops for this turn, so that the exception of a listener surfaces before the next event is delivered. */
  interrupt(): void {
    this.#isInterrupted = true;
  }

  serve(budget: TurnBudget): ReturnType<TurnMember['serve']> {
    if (this.#isHeld) {
      if (!this.#run.ended) return Served.IDLE;
      // The end waits for no reader. The events before it are bounded.
      this.#isEnding = true;
      this.#isHeld = false;
    }
    if (this.#cursor === this.#count && !this.#take()) {
      this.#sink.onDrained?.();
      return Served.IDLE;
    }
    this.#isInterrupted = false;
    this.#deliver(budget);
    if (this.#cursor === this.#count) this.#dropBatch();
    if (this.#isOver) return Served.IDLE;
    if (this.#isInterrupted) return Served.INTERRUPT;
    if (this.#batch === undefined && this.#isFlooded()) {
      this.#pauseTimer = setTimeout(() => this.#requestTurn(), FLOOD_PAUSE_MS);
      if (!this.keepsAlive) this.#pauseTimer.unref();
      this.#sink.onDrained?.();
      return Served.IDLE;
    }
    return Served.AGAIN;
  }

  #requestTurn(): void {
    clearTimeout(this.#pauseTimer);
    this.#pauseTimer = undefined;
    turns.enqueue(this);
  }

  #isFlooded(): boolean {
    if (this.#every || !this.#hadProgress) return false;
    this.#hadProgress = false;
    const before = this.#progressAt;
    this.#progressAt = performance.now();
    return this.#progressAt - before < 2 * FLOOD_PAUSE_MS && !this.#run.ended;
  }

  #take(): boolean {
    this.#batch ??= spareBatches.pop() ?? { words: new Uint32Array(BATCH_EVENTS * WORDS_PER_EVENT), texts: [] };
    this.#count = this.#run.take(this.#batch.words, this.#batch.texts);
    if (this.#count === 0) this.#dropBatch();
    return this.#count > 0;
  }

  #dropBatch(): void {
    if (this.#batch === undefined) return;
    this.#batch.texts.length = 0;
    if (spareBatches.length < SPARE_BATCHES) spareBatches.push(this.#batch);
    this.#batch = undefined;
    this.#cursor = 0;
    this.#textCursor = 0;
    this.#count = 0;
  }

  /** Delivers events until the batch is empty, the turn is over, or somebody asks to stop. */
  #deliver(budget: TurnBudget): void {
    const { words, texts } = this.#batch as Batch;
    const sink = this.#sink;
    const count = this.#count;
    do {
      const word = this.#cursor * WORDS_PER_EVENT;
      const kind = words[word] as number;
      const a = words[word + 1] as number;
      const at = (words[word + 4] as number) + (words[word + 5] as number) * 0x100000000;
      const text = (kind & EventFlag.TEXT) === 0 ? null : (texts[this.#textCursor++] as string);
      this.#cursor += 1;
      switch (kind & 0xff) {
        case EventKind.PROGRESS:
          if (text !== null) this.#lastText = text;
          this.#hadProgress = true;
          sink.onProgress(this.#lastText, (kind & EventFlag.NULL_TEXT) !== 0, a, words[word + 2] as number, at);
          break;
        case EventKind.PROBLEM:
          sink.onProblem(a, text, at);
          break;
        case EventKind.START:
          sink.onStart(a, at);
          break;
        case EventKind.END:
          this.#isOver = true;
          sink.onEnd(a, words[word + 2] as number, words[word + 3] as number, text, at);
          break;
        default:
          // EventKind.LEFT_OUT: the run's problemCount includes these problems.
          break;
      }
    } while (this.#cursor < count && !this.#isHeld && !this.#isInterrupted && !this.#isOver && !budget.isSpent());
  }
}
