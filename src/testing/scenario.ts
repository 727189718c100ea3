import { inspect } from 'node:util';

/**
 * Which handle a scripted `Done` brings: the event that the provider put into `MAPISIB.phSyncDoneEvent`, NULL, an
 * event of its own that is something else, a value that was never a handle, or the event's handle, closed before.
 */
export type DoneHandle = 'event' | 'null' | 'other' | 'invalid' | 'closed';

const doneHandles: readonly DoneHandle[] = ['event', 'null', 'other', 'invalid', 'closed'];

const maxUlong = 0xffff_ffff;
const maxThreads = 1000;
const maxMilliseconds = 0x7fff_ffff;

/**
 * What a scripted store does when it is told to synchronise: one step after another, misbehaviour included.
 *
 * Each method appends one step and answers the same scenario. Steps written before `returns` run inside
 * `IMAPISync::SynchronizeInBackground`, on the caller's thread; the steps after it, and all steps where there is no
 * `returns`, run in a thread of the provider's. After the last step that thread releases the callback, signals the done
 * event, unless a step has, and ends. Bad arguments throw a `TypeError` or a `RangeError` that names the argument.
 *
 * https://learn.microsoft.com/office/client-developer/outlook/mapi/imapisyncprogresscallback
 */
export interface Scenario {
  /**
   * Calls `IMAPISyncProgressCallback::Progress`.
   * @param text any string, lone surrogates and NUL characters included (the provider passes what a `LPCWSTR` can hold); null passes NULL.
   * @param index 0 to 0xFFFFFFFF.
   * @param max 0 to 0xFFFFFFFF; may be less than `index`.
   */
  progress(text: string | null, index: number, max: number): this;
  /**
   * Calls `IMAPISyncProgressCallback::Error`.
   * @param hresult unsigned (0x80040115) or signed (-2147221227).
   * @param text as in `progress`.
   */
  error(hresult: number, text: string | null): this;
  /**
   * Calls `IMAPISyncProgressCallback::Done`.
   * @param hresult the synchronisation's result, unsigned or signed.
   * @param handle 'event' by default.
   */
  done(hresult: number, handle?: DoneHandle): this;
  /** Waits, in milliseconds: 0 to 2147483647. */
  sleep(ms: number): this;
  /** Sets the done event now. */
  signal(): this;
  /** What `SynchronizeInBackground` answers; S_OK where this is never said. At most once in a scenario. */
  returns(hresult: number): this;
  /** Ends the provider's thread here and now: nothing is signalled, and the callback is never released. */
  end(): this;
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
   * Switches on a peculiarity of the whole store, such as `ignore-cancel`.
   * @param name lower-case letters, digits and hyphens. A name that the sample does not know makes `openStore` reject.
   */
  option(name: string): this;
  /** The text of `scenario.txt`: one step a line. */
  toString(): string;
}

/** An empty scenario: answers S_OK, calls nothing, and signals the done event. */
export function scenario(): Scenario {
  return new ScenarioText();
}

/** Is this what `scenario()` makes? A look-alike is not: its text was never checked. */
export function isScenario(value: unknown): value is Scenario {
  return value instanceof ScenarioText;
}

class ScenarioText implements Scenario {
  readonly #lines: string[] = [];

  progress(text: string | null, index: number, max: number): this {
    return this.#append(`progress ${textOf(text)} ${ulong('index', index)} ${ulong('max', max)}`);
  }

  error(hresult: number, text: string | null): this {
    return this.#append(`error ${hresultOf(hresult)} ${textOf(text)}`);
  }

  done(hresult: number, handle: DoneHandle = 'event'): this {
    if (!doneHandles.includes(handle)) {
      throw new RangeError(`handle must be one of ${doneHandles.join(', ')}, not ${inspect(handle)}`);
    }
    return this.#append(`done ${hresultOf(hresult)}${handle === 'event' ? '' : ` ${handle}`}`);
  }

  sleep(ms: number): this {
    return this.#append(`sleep ${integer('ms', ms, 0, maxMilliseconds)}`);
  }

  signal(): this {
    return this.#append('signal');
  }

  returns(hresult: number): this {
    if (this.#lines.some((line) => line.startsWith('return '))) {
      throw new RangeError('returns: a scenario can say only once what SynchronizeInBackground answers');
    }
    return this.#append(`return ${hresultOf(hresult)}`);
  }

  end(): this {
    return this.#append('end');
  }

  repeat(count: number, step: (scenario: Scenario) => Scenario): this {
    return this.#append(`repeat ${integer('count', count, 1, maxUlong)} ${onlyStep('repeat', step)}`);
  }

  threads(count: number, step: (scenario: Scenario) => Scenario): this {
    return this.#append(`threads ${integer('count', count, 1, maxThreads)} ${onlyStep('threads', step)}`);
  }

  option(name: string): this {
    if (typeof name !== 'string') throw new TypeError(`name must be a string, not ${inspect(name)}`);
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
      throw new RangeError(`name must be lower-case words joined by hyphens, not ${inspect(name)}`);
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

/** The line of the one step that a `repeat` or `threads` is about. */
function onlyStep(method: string, step: (scenario: Scenario) => Scenario): string {
  if (typeof step !== 'function') throw new TypeError(`step must be a function, not ${inspect(step)}`);
  const inner = new ScenarioText();
  step(inner);
  const lines = inner.toString().split('\n').slice(0, -1);
  const [line] = lines;
  if (line === undefined || lines.length > 1) {
    throw new RangeError(`step must append exactly one step to ${method}, not ${lines.length}`);
  }
  if (/^(return|option|end)\b/.test(line)) {
    throw new RangeError(`step must be something that can happen more than once, not ${inspect(line)}`);
  }
  const prefixes = /^(?:(?:repeat|threads) \d+ )*/.exec(`${method} 1 ${line}`)?.[0].replace(/ \d+/g, '').trim();
  if (prefixes !== undefined && !/^(repeat )?(threads )?(repeat )?$/.test(`${prefixes} `) || prefixes === 'repeat repeat') {
    throw new RangeError(`step must not be a ${prefixes?.split(' ')[1]} in a ${method}, not ${inspect(line)}`);
  }
  return line;
}

/** JSON's string syntax: it keeps lone surrogates and control characters apart from the line that they stand in. */
function textOf(text: string | null): string {
  if (text !== null && typeof text !== 'string') {
    throw new TypeError(`text must be a string or null, not ${inspect(text)}`);
  }
  return JSON.stringify(text);
}

function hresultOf(hresult: number): string {
  const value = integer('hresult', hresult, -0x8000_0000, maxUlong) >>> 0;
  return `0x${value.toString(16).toUpperCase().padStart(8, '0')}`;
}

function ulong(name: string, value: number): string {
  return String(integer(name, value, 0, maxUlong));
}

function integer(name: string, value: number, low: number, high: number): number {
  if (typeof value !== 'number') throw new TypeError(`${name} must be a number, not ${inspect(value)}`);
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new RangeError(`${name} must be an integer from ${low} to ${high}, not ${inspect(value)}`);
  }
  return value === 0 ? 0 : value;
}
