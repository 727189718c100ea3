/**
 * The event loop's turns, shared by all runs of this thread: who has something to hand over stands in one queue, and is
 * served in turn, for a third of a millisecond at a time. What readers do with it in the microtasks that follow gets another.
 */
import { TurnBudget } from './turn-budget.js';

export const Served = {
  /** Nothing more to do until it asks again. */
  idle: 0,
  /** There is more. */
  again: 1,
  /** There is more, but not in this turn: an exception is to surface first. */
  interrupt: 2,
} as const;

/** Someone who stands in the queue. */
export interface TurnMember {
  /** Is the process to be kept alive until it has been served? */
  readonly keepsAlive: boolean;
  /** Does a part of its work, bounded, and asks `budget` after each unit of it. */
  serve(budget: TurnBudget): (typeof Served)[keyof typeof Served];
}

const TURN_MS = 0.3;

class Turns {
  readonly #budget = new TurnBudget(TURN_MS);
  readonly #waiting = new Set<TurnMember>();
  #immediate: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Serves a member in this turn's check phase, or in a later turn. */
  enqueue(member: TurnMember): void {
    this.#waiting.add(member);
    if (this.#immediate === undefined) this.#request(member.keepsAlive);
    else if (member.keepsAlive) this.#immediate.ref();
  }

  /** A reader has taken something: has it, or have the others, taken their time of this turn? */
  isOver(): boolean {
    return this.#budget.isSpent();
  }

  #request(keepsAlive: boolean): void {
    this.#immediate = setImmediate(this.#turn);
    if (keepsAlive) return;
    // An immediate that does not keep the process alive does not keep the loop from sleeping either. A timer wakes it.
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
    // A set goes on to members that are added meanwhile: who has more stands at its end.
    for (const member of this.#waiting) {
      this.#waiting.delete(member);
      const served = member.serve(this.#budget);
      if (served !== Served.idle) this.#waiting.add(member);
      isInterrupted = served === Served.interrupt;
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
