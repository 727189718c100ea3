/** From the native run's batches to a sink, event by event, in turns that leave the event loop its time. */
import { EventFlag, EventKind, type NativeRun, WORDS_PER_EVENT } from './binding.js';
import type { TurnBudget } from './turn-budget.js';
import { Served, type TurnMember, turns } from './turns.js';

/** Who is told of each event. No method throws. `at` is in milliseconds since the epoch. */
export interface EventSink {
  onStart(flags: number, at: number): void;
  /** `text` is the last that was not NULL; `textWasNull` says that this call passed NULL. */
  onProgress(text: string | null, textWasNull: boolean, index: number, max: number, at: number): void;
  onProblem(hresult: number, text: string | null, at: number): void;
  /** The last of all. `reason` is an EndReason, or one of the facade's own. */
  onEnd(reason: number, hresult: number, doneHresult: number, text: string | null, at: number): void;
  /** What there was has been handed over, for now. */
  onDrained?(): void;
}

/**
 * For how long a 'latest' run leaves the channel alone when progress comes in quick succession: sixty times a second is as
 * often as anybody looks, and each look costs a wake-up, the provider's time as well. The end does not wait for it.
 */
const LOOK_PAUSE_MS = 16;

const BATCH_EVENTS = 1024;
const SPARE_BATCHES = 8;

interface Batch {
  readonly words: Uint32Array;
  readonly texts: string[];
}

// A batch is empty again at the end of a turn as a rule, so that hundreds of runs share a few.
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
  #pause: NodeJS.Timeout | undefined;
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

  /** There is something to take, or the end has been written. */
  onReady(): void {
    if (this.#isOver) return;
    // While it is left alone on purpose the end alone is news.
    if ((this.#isHeld || this.#pause !== undefined) && !this.#run.ended) return;
    this.#goOn();
  }

  /** A reader has more than it should: take nothing until `release`, so that the provider waits. */
  hold(): void {
    this.#isHeld = !this.#isEnding;
  }

  /** The reader has caught up. */
  release(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    if (!this.#isOver) turns.enqueue(this);
  }

  /** Goes on in the next turn, so that an exception surfaces where it belongs. */
  interrupt(): void {
    this.#isInterrupted = true;
  }

  serve(budget: TurnBudget): ReturnType<TurnMember['serve']> {
    if (this.#isHeld) {
      if (!this.#run.ended) return Served.idle;
      // The end waits for no reader; what is left before it is bounded.
      this.#isEnding = true;
      this.#isHeld = false;
    }
    if (this.#cursor === this.#count && !this.#take()) {
      this.#sink.onDrained?.();
      return Served.idle;
    }
    this.#isInterrupted = false;
    this.#handOver(budget);
    if (this.#cursor === this.#count) this.#dropBatch();
    if (this.#isOver) return Served.idle;
    if (this.#isInterrupted) return Served.interrupt;
    if (this.#batch === undefined && this.#comesThickAndFast()) {
      this.#pause = setTimeout(() => this.#goOn(), LOOK_PAUSE_MS);
      if (!this.keepsAlive) this.#pause.unref();
      this.#sink.onDrained?.();
      return Served.idle;
    }
    return Served.again;
  }

  #goOn(): void {
    clearTimeout(this.#pause);
    this.#pause = undefined;
    turns.enqueue(this);
  }

  #comesThickAndFast(): boolean {
    if (this.#every || !this.#hadProgress) return false;
    this.#hadProgress = false;
    const before = this.#progressAt;
    this.#progressAt = performance.now();
    return this.#progressAt - before < 2 * LOOK_PAUSE_MS && !this.#run.ended;
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

  /** Hands events over until the batch is empty, the turn is over, or somebody asks to stop. */
  #handOver(budget: TurnBudget): void {
    const { words, texts } = this.#batch as Batch;
    const sink = this.#sink;
    const count = this.#count;
    do {
      const word = this.#cursor * WORDS_PER_EVENT;
      const kind = words[word] as number;
      const a = words[word + 1] as number;
      const at = (words[word + 4] as number) + (words[word + 5] as number) * 0x100000000;
      const text = (kind & EventFlag.text) === 0 ? null : (texts[this.#textCursor++] as string);
      this.#cursor += 1;
      switch (kind & 0xff) {
        case EventKind.progress:
          if (text !== null) this.#lastText = text;
          this.#hadProgress = true;
          sink.onProgress(this.#lastText, (kind & EventFlag.nullText) !== 0, a, words[word + 2] as number, at);
          break;
        case EventKind.problem:
          sink.onProblem(a, text, at);
          break;
        case EventKind.start:
          sink.onStart(a, at);
          break;
        case EventKind.end:
          this.#isOver = true;
          sink.onEnd(a, words[word + 2] as number, words[word + 3] as number, text, at);
          break;
        default:
          // leftOut: the run's problemCount has them.
          break;
      }
    } while (this.#cursor < count && !this.#isHeld && !this.#isInterrupted && !this.#isOver && !budget.isSpent());
  }
}
