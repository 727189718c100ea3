/** What a scripted store of the sample MAPI does, as a builder of the text that the sample reads. */
import { integerFrom, MAX_MILLISECONDS, oneOf, readFunction, readString, shown } from '../arguments.js';
import { hexOf } from '../codes.js';

/**
 * Which handle goes with a step: the event that the provider put into `MAPISIB.phSyncDoneEvent`, NULL, another event,
 * INVALID_HANDLE_VALUE, a handle that has been closed, or a number that never was a handle.
 */
export type ScenarioHandle = 'event' | 'null' | 'other' | 'invalid' | 'closed' | 'garbage';

/**
 * What a provider may make on a thread: a message-only window, a timer that calls a function, or a COM object of that
 * thread's apartment. Each is served only while that thread pumps its messages.
 */
export type ScenarioThing = 'window' | 'timer' | 'object';

const MAX_ULONG = 0xffff_ffff;
const MAX_THREADS = 1000;

const readUlong = integerFrom(0, MAX_ULONG);
const readCount = integerFrom(1, MAX_ULONG);
const readThreads = integerFrom(1, MAX_THREADS);
const readSleep = integerFrom(0, MAX_MILLISECONDS);
/** Signed or unsigned, as people have it at hand. */
const readHresult = integerFrom(-0x8000_0000, MAX_ULONG);
const readThing = oneOf('window', 'timer', 'object');
const readHandle = oneOf('event', 'null', 'other', 'invalid', 'closed', 'garbage');

/**
 * What a scripted store does when it is told to synchronise: one step after another, misbehaviour included.
 *
 * Each method appends one step and returns the same scenario. Steps written before `returns` run inside
 * `IMAPISync::SynchronizeInBackground`, on the caller's thread; the steps after it, and all steps where there is no
 * `returns`, run in a thread of the provider's. After the last step that thread releases the callback, signals the done
 * event, unless a step has, and ends.
 *
 * @throws {TypeError | RangeError} every method, for a bad argument, which the message names
 * @example
 * scenario().progress('Inbox', 1, 10).sleep(20).error(0x80040115, 'server is gone').done(0x80040115);
 *
 * See https://learn.microsoft.com/office/client-developer/outlook/mapi/imapisyncprogresscallback
 */
export interface Scenario {
  /**
   * Calls `IMAPISyncProgressCallback::Progress`.
   * @param text any string, lone surrogates and NUL characters included (the provider passes what a `LPCWSTR` can hold); null passes NULL.
   * @param index 0 to 0xFFFFFFFF; '#' in a `repeat`: the number of the repetition, from 1.
   * @param max 0 to 0xFFFFFFFF; may be less than `index`.
   */
  progress(text: string | null, index: number | '#', max: number): this;
  /**
   * Calls `IMAPISyncProgressCallback::Error`.
   * @param hresult unsigned (0x80040115) or signed (-2147221227).
   * @param text as in `progress`.
   */
  error(hresult: number, text: string | null): this;
  /**
   * Calls `IMAPISyncProgressCallback::Done`.
   * @param hresult the synchronisation's result, unsigned or signed.
   * @param handle the handle that the provider passes.
   * @default 'event'
   */
  done(hresult: number, handle?: ScenarioHandle): this;
  /** Waits for so many milliseconds, 0 to 2147483647. */
  sleep(ms: number): this;
  /** Sets the done event now. */
  signal(): this;
  /**
   * What `SynchronizeInBackground` returns. At most once in a scenario.
   * @default S_OK
   */
  returns(hresult: number): this;
  /** Ends the provider's thread here and now: nothing is signalled, and the callback is never released. */
  end(): this;
  /** Writes another handle to `*MAPISIB.phSyncDoneEvent`, whenever the step is reached. */
  setEvent(handle: ScenarioHandle): this;
  /** Never goes on from here. */
  block(): this;
  /** Posts a message to a window of the provider's own and waits until it has arrived, on the thread of this step. */
  pumpMessage(): this;
  /** Waits until the thread that opened the store has answered a window message: it does while it looks after its messages. */
  sendMessage(): this;
  /**
   * Makes something that belongs to the thread of this step: before `returns`, to the thread that called
   * `SynchronizeInBackground`. Where it cannot be made, `Error` says so.
   */
  make(thing: ScenarioThing): this;
  /**
   * After `returns`: waits until the thread that made the thing has served it. Where that thread has gone, or pumps no
   * messages, the provider goes no further.
   */
  use(thing: ScenarioThing): this;
  /** Puts the callback into COM's global interface table. Where the table does not take it, `Error` says so. */
  registerCallback(): this;
  /**
   * Fetches the callback from the global interface table on the thread of this step, and makes all later calls through
   * what comes back. Where nothing does, `Error` says so.
   */
  fetchCallback(): this;
  /** Asks the callback for every interface that the provider can think of. */
  queryCallback(): this;
  /** References the callback `count` times (1 to 0xFFFFFFFF), and keeps the references. */
  addRef(count: number): this;
  /** Releases the callback `count` times (1 to 0xFFFFFFFF); more often than it was referenced ends in a crash. */
  release(count: number): this;
  /** Calls `Progress` from inside another call of the callback. */
  nested(): this;
  /** Causes an access violation. It takes the process down: nothing can catch it there. */
  crash(): this;
  /** Throws a C++ exception through the call into whoever called. It takes the process down. */
  throws(): this;
  /**
   * One step, many times.
   * @param count 1 to 0xFFFFFFFF.
   * @param step appends exactly one step to what it is given: `repeat(1000, (s) => s.progress('Inbox', 1, 10))`.
   */
  repeat(count: number, step: (scenario: Scenario) => Scenario): this;
  /**
   * One step, from many threads at once; the next step follows when all of them are through.
   * @param count 1 to 1000.
   * @param step as in `repeat`; it may be a `repeat`, which each of the threads does as a whole. A `threads` may in turn
   *   be repeated, but not stand in another one.
   */
  threads(count: number, step: (scenario: Scenario) => Scenario): this;
  /**
   * Switches on a misbehaviour of the whole store.
   *
   * - `auto-reset-event`: the done event resets itself when a wait has seen it;
   * - `forget-signal`: the done event is never signalled;
   * - `no-event`: there is no done event; `event-on-failure`: there is one although the call fails;
   * - `ignore-cancel`: goes on although the callback has answered with a failure;
   * - `cast-callback`: takes `MAPISIB.punkCallBack` for the callback without asking it;
   * - `borrow-callback`: the same, and never references it;
   * - `keep-callback`, `keep-session`: never releases its reference;
   * - `outlive-session`: keeps calling although the session has been logged off;
   * - `block-in-release`: the store's last Release does not come back;
   * - `call-in-release`: the store's last Release calls the callback of its last run;
   * - `strict-flags`: bits of `ulFlags` that `MAPISIB` does not document are MAPI_E_UNKNOWN_FLAGS;
   * - `query-null`: QueryInterface answers S_OK with NULL; `query-stray`: E_NOINTERFACE with a pointer.
   *
   * @param name lower-case words joined by hyphens. A name that the sample does not know makes `openStore` reject.
   */
  option(name: string): this;
  /** The text of `scenario.txt`: one step a line. */
  toString(): string;
}

/** An empty scenario: it returns S_OK, calls nothing, and signals the done event. */
export function scenario(): Scenario {
  return new ScenarioText();
}

/** Was this made by `scenario()`? An object that only looks like a scenario was not, and its text was never checked. */
export function isScenario(value: unknown): value is Scenario {
  return value instanceof ScenarioText;
}

class ScenarioText implements Scenario {
  readonly #lines: string[] = [];

  progress(text: string | null, index: number | '#', max: number): this {
    return this.#append(
      `progress ${textOf(text)} ${index === '#' ? index : readUlong(index, 'index')} ${readUlong(max, 'max')}`,
    );
  }

  error(hresult: number, text: string | null): this {
    return this.#append(`error ${hresultOf(hresult)} ${textOf(text)}`);
  }

  done(hresult: number, handle: ScenarioHandle = 'event'): this {
    return this.#append(`done ${hresultOf(hresult)}${readHandle(handle, 'handle') === 'event' ? '' : ` ${handle}`}`);
  }

  sleep(ms: number): this {
    return this.#append(`sleep ${readSleep(ms, 'ms')}`);
  }

  signal(): this {
    return this.#append('signal');
  }

  returns(hresult: number): this {
    if (this.#lines.some((line) => line.startsWith('return '))) {
      throw new RangeError(`returns must be called at most once in a scenario; got ${shown(hresult)} as well`);
    }
    return this.#append(`return ${hresultOf(hresult)}`);
  }

  end(): this {
    return this.#append('end');
  }

  setEvent(handle: ScenarioHandle): this {
    return this.#append(`set-event ${readHandle(handle, 'handle')}`);
  }

  block(): this {
    return this.#append('block');
  }

  pumpMessage(): this {
    return this.#append('pump-message');
  }

  sendMessage(): this {
    return this.#append('send-message');
  }

  make(thing: ScenarioThing): this {
    return this.#append(`make ${readThing(thing, 'thing')}`);
  }

  use(thing: ScenarioThing): this {
    return this.#append(`use ${readThing(thing, 'thing')}`);
  }

  registerCallback(): this {
    return this.#append('register-callback');
  }

  fetchCallback(): this {
    return this.#append('fetch-callback');
  }

  queryCallback(): this {
    return this.#append('query-callback');
  }

  addRef(count: number): this {
    return this.#append(`add-ref ${readCount(count, 'count')}`);
  }

  release(count: number): this {
    return this.#append(`release ${readCount(count, 'count')}`);
  }

  nested(): this {
    return this.#append('nested');
  }

  crash(): this {
    return this.#append('crash');
  }

  throws(): this {
    return this.#append('throw');
  }

  repeat(count: number, step: (scenario: Scenario) => Scenario): this {
    return this.#append(`repeat ${readCount(count, 'count')} ${onlyStep('repeat', step)}`);
  }

  threads(count: number, step: (scenario: Scenario) => Scenario): this {
    return this.#append(`threads ${readThreads(count, 'count')} ${onlyStep('threads', step)}`);
  }

  option(name: string): this {
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(readString(name, 'name'))) {
      throw new RangeError(`name must be lower-case words joined by hyphens; got ${shown(name)}`);
    }
    return this.#append(`option ${name}`);
  }

  toString(): string {
    return this.#lines.map((line) => `${line}\n`).join('');
  }

  #append(line: string): this {
    this.#lines.push(line);
    return this;
  }
}

/** The line of the one step that a `repeat` or `threads` repeats. */
function onlyStep(method: string, step: (scenario: Scenario) => Scenario): string {
  readFunction(step, 'step');
  const inner = new ScenarioText();
  step(inner);
  const lines = inner.toString().split('\n').slice(0, -1);
  const [line] = lines;
  if (line === undefined || lines.length > 1) {
    throw new RangeError(`step must append exactly one step to ${method}; got ${lines.length}`);
  }
  if (/^(return|option|end|block|make|register-callback|fetch-callback|crash|throw)\b/.test(line)) {
    throw new RangeError(`step must be something that can happen more than once; got ${shown(line)}`);
  }
  const modifiers: readonly string[] = /^(?:(?:repeat|threads) \d+ )*/.exec(line)?.[0].match(/[a-z]+/g) ?? [];
  // The sample reads at most [repeat N] [threads N] [repeat N] in front of a step.
  if (modifiers[0] === method || (method === 'threads' && modifiers.includes('threads')) || modifiers.length > 2) {
    throw new RangeError(`step must not be ${modifiers.join(' of ')} in a ${method}; got ${shown(line)}`);
  }
  return line;
}

/** JSON's syntax of strings, which escapes lone surrogates and control characters, so that the text stays on its line. */
function textOf(text: string | null): string {
  if (text !== null && typeof text !== 'string') {
    throw new TypeError(`text must be a string or null; got ${shown(text)}`);
  }
  return JSON.stringify(text);
}

function hresultOf(hresult: number): string {
  return hexOf(readHresult(hresult, 'hresult'));
}
