/**
 * How long one turn of the event loop may be spent. Work is counted in units of any size; the clock, which costs about as
 * much as a unit of the smallest kind, is looked at as rarely as their size allows.
 */
export class TurnBudget {
  static readonly #MAX_STRIDE = 64;

  readonly #limitMs: number;
  #startedAt = 0;
  #lookedAt = 0;
  #stride = 1;
  #untilLook = 1;
  #isSpent = false;

  /** @param limitMs The time of one turn, in milliseconds. */
  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /** A turn begins. */
  begin(): void {
    this.#startedAt = performance.now();
    this.#lookedAt = this.#startedAt;
    this.#stride = 1;
    this.#untilLook = 1;
    this.#isSpent = false;
  }

  /** Another unit of work has been done: is the turn over? If so, it is until the next one begins. */
  isSpent(): boolean {
    this.#untilLook -= 1;
    if (this.#untilLook > 0 || this.#isSpent) return this.#isSpent;
    const now = performance.now();
    const isCheap = now - this.#lookedAt < this.#limitMs / 32;
    this.#stride = isCheap ? Math.min(TurnBudget.#MAX_STRIDE, this.#stride << 1) : Math.max(1, this.#stride >> 2);
    this.#lookedAt = now;
    this.#untilLook = this.#stride;
    this.#isSpent = now - this.#startedAt >= this.#limitMs;
    return this.#isSpent;
  }
}
