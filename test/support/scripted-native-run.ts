/**
 * SIMULATED: a native run without anything native. A test writes into it what a provider would have done, in either
 * delivery, and reads from it what the facade asked for. It keeps the border's rules (src/native/binding.ts): events as words,
 * texts beside them, one wake-up until everything has been taken, and another one for the end.
 */
import {
  EndReason,
  EventFlag,
  EventKind,
  type NativeRun,
  type NativeSyncOptions,
  WORDS_PER_EVENT,
} from '../../src/native/binding.js';

interface Written {
  readonly words: readonly number[];
  readonly text: string | undefined;
}

export class ScriptedNativeRun implements NativeRun {
  readonly options: NativeSyncOptions | undefined;
  ended = false;
  done: number | null = null;
  updates = 0;
  problemCount = 0;
  readonly bytesInUse = 0;
  isReffed = true;
  /** How often `take` was called. */
  takes = 0;
  /** For how long somebody waited for the provider to let go, each time. */
  readonly graces: number[] = [];
  letsGo = true;

  readonly #onReady: () => void;
  readonly #written: Written[] = [];
  #isArmed = true;
  #lastText: string | undefined;
  #endTaken = false;
  #return: (hresult: number | null) => void = () => {};
  readonly #returned = new Promise<number | null>((resolve) => {
    this.#return = resolve;
  });

  constructor(onReady: () => void, options?: NativeSyncOptions) {
    this.#onReady = onReady;
    this.options = options;
  }

  // What the provider does.

  start(flags = 0x200000c3, at = 1000): this {
    return this.#write([EventKind.START, flags, 0, 0], at);
  }

  progress(text: string | null, index: number, max: number, at = 2000): this {
    if (this.ended) return this;
    this.updates += 1;
    const brings = text !== null && text !== this.#lastText;
    const flags = (brings ? EventFlag.TEXT : 0) | (text === null ? EventFlag.NULL_TEXT : 0);
    if (text !== null) this.#lastText = text;
    return this.#write([EventKind.PROGRESS | flags, index, max, 0], at, brings ? text : undefined);
  }

  problem(hresult: number, text: string | null, at = 3000): this {
    if (this.ended) return this;
    this.problemCount += 1;
    const flags = text === null ? EventFlag.NULL_TEXT : EventFlag.TEXT;
    return this.#write([EventKind.PROBLEM | flags, hresult, 0, 0], at, text ?? undefined);
  }

  leftOut(count: number, at = 3000): this {
    this.problemCount += count;
    return this.#write([EventKind.LEFT_OUT, count, 0, 0], at);
  }

  end(reason: number, hresult: number, { doneHresult = 0, text = null as string | null, at = 5000 } = {}): this {
    if (this.ended) return this;
    const words = [EventKind.END | (text === null ? 0 : EventFlag.TEXT), reason, hresult, doneHresult];
    this.ended = true;
    this.#isArmed = true;
    // Told in any case.
    return this.#write(words, at, text ?? undefined);
  }

  doneWith(hresult: number, at = 5000): this {
    this.done = hresult;
    return this.end(EndReason.DONE, hresult, { at });
  }

  returnsFromCall(hresult: number | null): this {
    this.#return(hresult);
    return this;
  }

  /** Events that nobody has taken. */
  get undelivered(): number {
    return this.#written.length;
  }

  /** Has the end been taken, which lets the process end? */
  get endTaken(): boolean {
    return this.#endTaken;
  }

  // What the facade asks for.

  take(words: Uint32Array, texts: string[]): number {
    this.takes += 1;
    const count = Math.min(this.#written.length, Math.floor(words.length / WORDS_PER_EVENT));
    for (let index = 0; index < count; index += 1) {
      const { words: written, text } = this.#written[index] as Written;
      words.set(written, index * WORDS_PER_EVENT);
      if (text !== undefined) texts.push(text);
      if (((written[0] as number) & 0xff) === EventKind.END) this.#endTaken = true;
    }
    this.#written.splice(0, count);
    if (count === 0) this.#isArmed = true;
    return count;
  }

  cancel(): void {
    this.end(EndReason.CANCELLED, 0);
  }

  ref(): void {
    this.isReffed = true;
  }

  unref(): void {
    this.isReffed = false;
  }

  returned(): Promise<number | null> {
    return this.#returned;
  }

  async letGo(graceMs: number): Promise<boolean> {
    this.graces.push(graceMs);
    return this.letsGo;
  }

  #write(words: readonly number[], at: number, text?: string): this {
    this.#written.push({ words: [...words, at % 0x100000000, Math.floor(at / 0x100000000)], text });
    if (this.#isArmed) {
      this.#isArmed = false;
      this.#tell();
    }
    return this;
  }

  #tell(): void {
    setImmediate(this.#onReady);
  }
}
