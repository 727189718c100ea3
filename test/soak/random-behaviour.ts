/** Random providers and clients of the balanced set, each with the ends that it may come to. */
import type { SyncOptions } from 'mapisync';
import { type Scenario, type ScenarioHandle, scenario } from 'mapisync/testing';

/** How the client takes part. */
export type Part =
  | 'waits'
  | 'iterates'
  | 'leaves its iterator early'
  | 'cancels at once'
  | 'cancels soon'
  | 'cancels on progress'
  | 'aborted before'
  | 'aborts on progress'
  | 'closes the store'
  | 'reads nothing';

/** An end, as `SyncResult` has it. */
export interface ExpectedEnd {
  readonly outcome: string;
  readonly code: string;
}

export interface Behaviour {
  readonly scenario: Scenario;
  readonly part: Part;
  readonly options: SyncOptions;
  /** One of these. More than one where the client and the provider race. */
  readonly ends: readonly ExpectedEnd[];
  /** Progress and Error calls that are counted; null where a race decides how many. */
  readonly updates: number | null;
  readonly problems: number | null;
}

const SUCCESSES: readonly (readonly [number, string])[] = [
  [0, 'S_OK'],
  [1, 'S_FALSE'],
  [0x00040680, 'MAPI_W_PARTIAL_COMPLETION'],
  [0x00040380, 'MAPI_W_ERRORS_RETURNED'],
];
const FAILURES: readonly (readonly [number, string])[] = [
  [0x80004005, 'MAPI_E_CALL_FAILED'],
  [0x80040115, 'MAPI_E_NETWORK_ERROR'],
  [0x80040113, 'MAPI_E_USER_CANCEL'],
  [0x8fff0123, '0x8FFF0123'],
];
const TEXTS: readonly (string | null)[] = [
  null,
  '',
  'Inbox',
  'Entwürfe 下書き 🙂',
  'a\ud800b',
  '\uffff',
  'before\u0000after',
  'x'.repeat(5000),
];
const NUMBERS = [0, 1, 2, 10, 0x7fff_ffff, 0xffff_ffff];
// Those with which nothing stays open.
const HANDLES: readonly ScenarioHandle[] = ['event', 'event', 'event', 'null', 'invalid', 'closed', 'garbage'];

const cancelled: ExpectedEnd = { outcome: 'cancelled', code: 'SYNC_CANCELLED' };
const timedOut = (code: string): ExpectedEnd => ({ outcome: 'timed-out', code });

/** What steps have been written, and what comes of them. */
class Script {
  readonly text: Scenario = scenario();
  updates = 0;
  problems = 0;
  done: readonly [number, string] | null = null;
  readonly #random: () => number;
  #firstHandle: ScenarioHandle | undefined;

  constructor(random: () => number) {
    this.#random = random;
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  upTo(most: number): number {
    return Math.floor(this.#random() * (most + 1));
  }

  oneOf<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.#random() * choices.length)] as T;
  }

  /** Calls and other things that a provider does; what comes after its Done is not counted. */
  someSteps(most: number): void {
    for (let left = this.upTo(most); left > 0; left--) this.#step();
  }

  sayDone(handle?: ScenarioHandle): void {
    const result = this.chance(0.7) ? this.oneOf(SUCCESSES) : this.oneOf(FAILURES);
    // The first Done decides, about the handle too: an event that a later one alone brings stays open.
    const given =
      this.#firstHandle === undefined || this.#firstHandle === 'event' ? (handle ?? this.oneOf(HANDLES)) : 'null';
    this.#firstHandle ??= given;
    if (this.chance(0.1)) this.text.threads(2 + this.upTo(3), (step) => step.done(result[0], given));
    else this.text.done(result[0], given);
    this.done ??= result;
  }

  #step(): void {
    const { text } = this;
    const message = this.oneOf(TEXTS);
    const threads = 2 + this.upTo(6);
    const repeats = 1 + this.upTo(50);
    switch (this.upTo(9)) {
      case 0:
      case 1:
        text.progress(message, this.oneOf(NUMBERS), this.oneOf(NUMBERS));
        this.#count(1, 0);
        return;
      case 2:
        text.error(this.oneOf([...SUCCESSES, ...FAILURES])[0], message);
        this.#count(0, 1);
        return;
      case 3:
        text.repeat(repeats, (step) => step.progress(message, '#', repeats));
        this.#count(repeats, 0);
        return;
      case 4:
        text.threads(threads, (step) => step.repeat(repeats, (one) => one.progress(message, '#', repeats)));
        this.#count(threads * repeats, 0);
        return;
      case 5:
        text.threads(threads, (step) => step.repeat(repeats, (one) => one.error(0x80040115, message)));
        this.#count(0, threads * repeats);
        return;
      case 6:
        text.sleep(this.upTo(3));
        return;
      case 7:
        text.queryCallback();
        return;
      case 8:
        text.addRef(repeats).release(repeats);
        return;
      default:
        text.pumpMessage();
    }
  }

  #count(updates: number, problems: number): void {
    if (this.done !== null) return;
    this.updates += updates;
    this.problems += problems;
  }
}

/** The next behaviour out of the balanced set. */
export function randomBehaviour(random: () => number): Behaviour {
  const script = new Script(random);
  if (script.chance(0.3)) return lastingBehaviour(script);
  return endingBehaviour(script);
}

/** A provider that comes to an end by itself. */
function endingBehaviour(script: Script): Behaviour {
  const { text } = script;
  const options: { -readonly [K in keyof SyncOptions]: SyncOptions[K] } = {};
  if (script.chance(0.5)) options.delivery = 'every';
  const hasNoEvent = script.chance(0.1);
  if (hasNoEvent) text.option('no-event');
  else if (script.chance(0.2)) text.option('auto-reset-event');
  if (script.chance(0.2)) text.option('cast-callback');
  if (script.chance(0.2)) text.option('ignore-cancel');

  const returns = script.chance(0.4) ? null : script.chance(0.75) ? script.oneOf(SUCCESSES) : script.oneOf(FAILURES);
  const callFails = returns !== null && FAILURES.includes(returns);
  if (returns !== null) {
    script.someSteps(4);
    if (script.chance(0.2)) script.sayDone(callFails || hasNoEvent ? 'null' : undefined);
    script.someSteps(1);
    if (callFails && script.chance(0.3)) text.option('event-on-failure');
    text.returns(returns[0]);
  }
  // Whether a call from the thread comes before its SynchronizeInBackground has failed is a race, so there are none.
  if (!callFails) {
    script.someSteps(6);
    const isSilent = script.done === null && script.chance(0.04);
    if (hasNoEvent && script.chance(0.3)) text.setEvent('other');
    if (isSilent) {
      // A Done that comes too late to count. One that never came would leave its event open.
      if (!hasNoEvent) text.signal().sleep(2500).done(0);
    } else {
      if (script.chance(0.1) && !hasNoEvent) text.signal();
      script.sayDone(hasNoEvent ? 'null' : undefined);
      if (script.chance(0.2)) script.sayDone('null');
      script.someSteps(2);
    }
  }

  const natural = naturalEnd(script, callFails ? (returns as readonly [number, string]) : null, hasNoEvent);
  if (natural.code === 'SYNC_TIMEOUT') options.timeoutMs = 1000;
  // A call that fails and is cancelled brings its event through Done, but not where it could be watched: it stays open.
  const part =
    callFails || script.chance(0.8)
      ? script.oneOf<Part>(['waits', 'waits', 'iterates', 'leaves its iterator early'])
      : script.oneOf<Part>(['cancels at once', 'cancels soon', 'cancels on progress', 'closes the store']);
  const isRace = /^c/.test(part);
  return {
    scenario: text,
    part,
    options,
    ends: isRace ? [natural, cancelled] : [natural],
    updates: isRace ? null : script.updates,
    problems: isRace ? null : script.problems,
  };
}

function naturalEnd(script: Script, failure: readonly [number, string] | null, hasNoEvent: boolean): ExpectedEnd {
  if (failure !== null) return { outcome: 'failed', code: failure[1] };
  if (script.done !== null) {
    return { outcome: SUCCESSES.includes(script.done) ? 'succeeded' : 'failed', code: script.done[1] };
  }
  return hasNoEvent ? timedOut('SYNC_TIMEOUT') : { outcome: 'failed', code: 'SYNC_NO_RESULT' };
}

/** A provider that goes on until it is told to stop, and a client that tells it. */
function lastingBehaviour(script: Script): Behaviour {
  const { text } = script;
  const every = script.chance(0.5);
  const delivery = every ? 'every' : 'latest';
  const without = { updates: null, problems: null };
  if (script.chance(0.1)) {
    text.progress('Inbox', 1, 2).sleep(400).done(0);
    const options = { delivery, stallMs: 50 } as const;
    return { scenario: text, part: 'waits', options, ends: [timedOut('SYNC_STALLED')], ...without };
  }
  const threads = 1 + script.upTo(3);
  text.threads(threads, (step) => step.repeat(0xffff_ffff, (one) => one.progress('Inbox', '#', 0xffff_ffff)));
  if (script.chance(0.2)) {
    const options = { delivery, timeoutMs: 10 + script.upTo(50) } as const;
    return { scenario: text, part: 'waits', options, ends: [timedOut('SYNC_TIMEOUT')], ...without };
  }
  if (every && script.chance(0.2)) {
    const options = { delivery, holdMs: 20 } as const;
    return { scenario: text, part: 'reads nothing', options, ends: [timedOut('SYNC_READER_STALLED')], ...without };
  }
  const part = script.oneOf<Part>([
    'cancels at once',
    'cancels soon',
    'cancels on progress',
    'aborted before',
    'aborts on progress',
    'closes the store',
  ]);
  return { scenario: text, part, options: { delivery }, ends: [cancelled], ...without };
}
