/**
 * Shares the turns of the event loop among all runs of this thread. Whoever has work stands in one queue, and the queue is
 * served for TURN_MS in each turn. The readers, who run in the microtasks that follow, get as much time again.
 */
/**
 * Limits the time of one turn. Work is counted in units. Reading the clock costs about as much as the smallest unit does, so
 * the clock is read only after several small units, and after each large one.
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

  /** Counts a unit of work. Returns true when the turn's time is over, and from then on until the next turn begins. */
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

export const Served = {
  /** The member has nothing more to do until it is enqueued again. */
  IDLE: 0,
  /** The member has more to do. */
  AGAIN: 1,
  /** The member has more to do, but only in the next turn, because an exception is to surface first. */
  INTERRUPT: 2,
} as const;

/** Somebody who stands in the queue. */
export interface TurnMember {
  /** Does the process stay alive until this member has been served? */
  readonly keepsAlive: boolean;
  /** Does a bounded part of the work, and asks `budget` after each unit of it. */
  serve(budget: TurnBudget): (typeof Served)[keyof typeof Served];
}

const TURN_MS = 0.3;

class Turns {
  readonly #budget = new TurnBudget(TURN_MS);
  readonly #waiting = new Set<TurnMember>();
  #immediate: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Serves a member in the next check phase of the event loop, or in a later one. */
  enqueue(member: TurnMember): void {
    this.#waiting.add(member);
    if (this.#immediate === undefined) this.#request(member.keepsAlive);
    else if (member.keepsAlive) this.#immediate.ref();
  }

  /** Counts an event that a reader has taken. Returns true when the readers have used up their time of this turn. */
  isOver(): boolean {
    return this.#budget.isSpent();
  }

  #request(keepsAlive: boolean): void {
    this.#immediate = setImmediate(this.#turn);
    if (keepsAlive) return;
    // While nothing else keeps the process alive, an immediate that is unref'd lets the loop sleep. The timer wakes it.
    this.#immediate.unref();
    this.#timer = setTimeout(this.#turn, 1).unref();
  }

  readonly #turn = (): void => {
    clearImmediate(this.#immediate);
    clearTimeout(this.#timer);
    this.#immediate = undefined;
    this.#timer = undefined;
    this.#budget.begin();
    let isInterrupted = false;
    // The loop also reaches members that are added meanwhile: a member that has more to do goes to the end of the set.
    for (const member of this.#waiting) {
      this.#waiting.delete(member);
      const served = member.serve(this.#budget);
      if (served !== Served.IDLE) this.#waiting.add(member);
      isInterrupted = served === Served.INTERRUPT;
      if (isInterrupted || this.#budget.isSpent()) break;
    }
    if (this.#waiting.size > 0 && this.#immediate === undefined) this.#request(this.#keepsAlive());
    this.#budget.begin();
  };

  #keepsAlive(): boolean {
    for (const member of this.#waiting) if (member.keepsAlive) return true;
    return false;
  }
}

export const turns = new Turns();
