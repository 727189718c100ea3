/**
 * Checks what callers pass, before MAPI is touched. A wrong kind of value is a TypeError, a value out of range a RangeError.
 * The message names the argument, says what it must be, and ends with what came.
 */

/** The longest time that an option takes, in milliseconds: the longest that a 32-bit timer can wait. */
export const MAX_MILLISECONDS = 2147483647;

/** Checks one value and returns it. `name` is how messages call it. */
export type Reader<T> = (value: unknown, name: string) => T;

type OptionReaders<T> = { readonly [K in keyof T]-?: Reader<T[K]> };

/**
 * Reads an object of options, each by its reader. Options that are undefined are left out. An option that does not exist is a
 * TypeError, because a misspelt one would otherwise be ignored in silence.
 */
export function readOptions<T extends object>(value: unknown, name: string, readers: OptionReaders<T>): Partial<T> {
  if (value === undefined) return {};
  const given = readObject(value, name);
  refuseUnknown(given, name, Object.keys(readers));
  const read: Partial<T> = {};
  // By the readers' keys, so that options may also come from a prototype, as in a class with defaults.
  for (const key of Object.keys(readers) as (keyof T & string)[]) {
    const option = given[key];
    if (option !== undefined) read[key] = readers[key](option, `${name}.${key}`);
  }
  return read;
}

/** Throws for a member that is none of `known`. */
export function refuseUnknown(given: Record<string, unknown>, name: string, known: readonly string[]): void {
  for (const key of Object.keys(given)) {
    if (known.includes(key)) continue;
    throw new TypeError(`${name}.${key} is unknown: ${name} can have ${known.join(', ')}; got ${shown(given[key])}`);
  }
}

export function readObject(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${name} must be an object; got ${shown(value)}`);
  }
  return value as Record<string, unknown>;
}

export function readArray(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`${name} must be an array; got ${shown(value)}`);
  return value;
}

export function readBoolean(value: unknown, name: string): boolean {
  if (typeof value !== 'boolean') throw new TypeError(`${name} must be true or false; got ${shown(value)}`);
  return value;
}

export function readString(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new TypeError(`${name} must be a string; got ${shown(value)}`);
  return value;
}

/** A string that is not empty and has no NUL, so that Windows can take it. */
export function readText(value: unknown, name: string): string {
  const text = readString(value, name);
  if (text === '') throw new RangeError(`${name} must not be empty; got ''`);
  if (text.includes('\0')) throw new RangeError(`${name} must not contain a NUL character; got ${shown(value)}`);
  return text;
}

/** One of a few strings. */
export function oneOf<const T extends string>(...choices: readonly T[]): Reader<T> {
  return (value, name) => {
    if (!choices.includes(value as T)) {
      const expected = choices.map((choice) => `'${choice}'`).join(', ');
      throw new TypeError(`${name} must be one of ${expected}; got ${shown(value)}`);
    }
    return value as T;
  };
}

/** An integer from `least` to `most`. */
export function integerFrom(least: number, most: number): Reader<number> {
  return (value, name) => {
    if (typeof value !== 'number') throw new TypeError(`${name} must be a number; got ${shown(value)}`);
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new RangeError(`${name} must be an integer from ${least} to ${most}; got ${shown(value)}`);
    }
    // Minus zero is zero.
    return value + 0;
  };
}

export const readMilliseconds = integerFrom(1, MAX_MILLISECONDS);

export function readSignal(value: unknown, name: string): AbortSignal {
  // By its shape, since signals of other realms (an Electron window, a polyfill) are no instances of this realm's AbortSignal.
  const signal = value as AbortSignal | null;
  if (
    typeof signal !== 'object' ||
    signal === null ||
    typeof signal.aborted !== 'boolean' ||
    typeof signal.addEventListener !== 'function'
  ) {
    throw new TypeError(`${name} must be an AbortSignal; got ${shown(value)}`);
  }
  return signal;
}

export function readFunction<F>(value: unknown, name: string): F {
  if (typeof value !== 'function') throw new TypeError(`${name} must be a function; got ${shown(value)}`);
  return value as F;
}

/** An absolute path that depends neither on the current folder nor on the current drive, so that it means one file alone. */
export function readAbsolutePath(value: unknown, name: string): string {
  const path = readText(value, name);
  if (!isAbsolute(path)) {
    throw new TypeError(`${name} must be an absolute path, such as 'C:\\\\folder\\\\mapi.dll'; got ${shown(value)}`);
  }
  return path;
}

/** The bytes of an entry id in hex digits of either case. */
export function readEntryId(value: unknown, name: string): Uint8Array {
  const text = readString(value, name);
  if (text === '' || text.length % 2 !== 0 || !/^[0-9A-Fa-f]*$/.test(text)) {
    throw new RangeError(`${name} must be pairs of hex digits, as StoreInfo.entryId has them; got ${shown(value)}`);
  }
  return bytesOf(text);
}

/** The bytes that pairs of hex digits stand for. */
export function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'));
}

/** A value as text that is short enough for a message. */
export function shown(value: unknown): string {
  const { inspect } = process.getBuiltinModule('node:util');
  const text = inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 80 });
  return text.length <= 200 ? text : `${text.slice(0, 199)}…`;
}

// `\folder\x.dll` has no drive and `C:x.dll` has no folder: both depend on where the process stands.
function isAbsolute(path: string): boolean {
  if (/^[A-Za-z]:[\\/]/.test(path) || /^[\\/]{2}[^\\/]/.test(path)) return true;
  return process.platform !== 'win32' && path.startsWith('/');
}
