/** A run that ends before anything is called: aborted before it began, or with nobody to call. */
import { EventKind, type NativeRun, WORDS_PER_EVENT } from './binding.js';

export class EndedRun implements NativeRun {
  readonly ended = true;
  readonly done = null;
  readonly updates = 0;
  readonly problemCount = 0;
  readonly bytesInUse = 0;
  #words: number[] | undefined;

  /** `reason`: an EndReason or a FacadeEnd. `onReady` is called in a microtask: there is time to add listeners. */
  constructor(flags: number, reason: number, onReady: () => void) {
    const now = Date.now();
    const at = [now % 0x100000000, Math.floor(now / 0x100000000)] as const;
    this.#words = [EventKind.start, flags, 0, 0, ...at, EventKind.end, reason, 0, 0, ...at];
    queueMicrotask(onReady);
  }

  take(words: Uint32Array): number {
    if (this.#words === undefined) return 0;
    words.set(this.#words);
    const count = this.#words.length / WORDS_PER_EVENT;
    this.#words = undefined;
    return count;
  }

  async returned(): Promise<null> {
    return null;
  }

  async letGo(): Promise<true> {
    return true;
  }

  cancel(): void {
    // It has ended.
  }

  ref(): void {
    // Nothing of it outlives the microtask.
  }

  unref(): void {
    // As above.
  }
}
