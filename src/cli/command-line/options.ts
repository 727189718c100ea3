/** The kinds of options that there are, and the options that several commands share. */
import { win32 } from 'node:path';
import { parseDuration } from './duration.js';
import { UsageError } from './usage-error.js';

export interface Option<Value> {
  /** Without the two dashes. */
  readonly name: string;
  /** What stands for the value in the help; null for an option that takes none. */
  readonly placeholder: string | null;
  /** The heading under which the help lists it. */
  readonly group: string;
  readonly help: string;
  /** Whether it may come more than once. */
  readonly repeats: boolean;
  /** Reads the texts that came: none where the option did not come. Throws a UsageError. */
  read(texts: readonly string[]): Value;
}

/** What each kind of option takes besides what the kind itself says. */
interface Described {
  readonly name: string;
  readonly help: string;
  readonly group: string;
}

/** An option that takes one value, or none if `placeholder` is null. */
function single<Value>(
  { name, help, group }: Described,
  placeholder: string | null,
  read: (text: string | undefined) => Value,
): Option<Value> {
  return { name, help, group, placeholder, repeats: false, read: ([text]) => read(text) };
}

export function flag(described: Described): Option<boolean> {
  return single(described, null, (text) => text !== undefined);
}

export function text(described: Described, placeholder: string): Option<string | null> {
  return single(described, placeholder, (given) => {
    if (given === '') throw new UsageError(`--${described.name} needs a value`);
    return given ?? null;
  });
}

export function choice<const Value extends string>(
  described: Described,
  placeholder: string,
  allowed: readonly Value[],
): Option<Value | undefined> {
  return single(described, placeholder, (given) => {
    if (given === undefined) return undefined;
    const value = allowed.find((one) => one === given);
    if (value === undefined) throw new UsageError(`--${described.name} takes ${listed(allowed)}; got '${given}'`);
    return value;
  });
}

/** A whole number, in decimal or, with `0x`, in hexadecimal digits. */
export function integer(
  described: Described,
  { least, most }: { readonly least: number; readonly most: number },
): Option<number | undefined> {
  return single(described, 'N', (given) => {
    if (given === undefined) return undefined;
    const value = /^(\d{1,10}|0x[\da-f]{1,8})$/i.test(given) ? Number(given) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new UsageError(`--${described.name} takes a whole number from ${least} to ${most}; got '${given}'`);
  });
}

/** In milliseconds. */
export function duration(described: Described, example: string): Option<number | undefined> {
  return single(described, example, (given) =>
    given === undefined ? undefined : parseDuration(`--${described.name}`, given),
  );
}

function listed(words: readonly string[]): string {
  return words.length === 1 ? `${words[0]}` : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

export type MapiOption = 'system' | 'sample' | { readonly path: string };

export const MAPI: Option<MapiOption> = single(
  {
    name: 'mapi',
    group: 'Which',
    help: "the embedded sample MAPI, or the absolute path of a MAPI DLL; Outlook's, or the system's, where left out",
  },
  'sample|PATH',
  (given) => {
    if (given === undefined || given === 'system') return 'system';
    if (given === 'sample') return 'sample';
    // A DLL that Windows searches for along a path may be somebody else's.
    if (!win32.isAbsolute(given) || !/^([a-z]:|\\\\|\/\/)/i.test(given)) {
      throw new UsageError(`--mapi takes 'sample', or the absolute path of a MAPI DLL; got '${given}'`);
    }
    return { path: given };
  },
);

export const PROFILE = text(
  { name: 'profile', group: 'Which', help: 'the MAPI profile; the default profile where left out' },
  'P',
);

const DEFAULT_LOGON_TIMEOUT_MS = 120_000;

export const LOGON_TIMEOUT: Option<number> = single(
  {
    name: 'logon-timeout',
    group: 'How long',
    help: 'gives up when log-on, listing and opening take longer; 2m where left out',
  },
  '2m',
  (given) => (given === undefined ? DEFAULT_LOGON_TIMEOUT_MS : parseDuration('--logon-timeout', given)),
);

export const JSON_LINES = flag({
  name: 'json',
  group: 'How it is shown',
  help: 'one JSON object a line on stdout, and nothing else',
});

/** Upper-case entry ids. */
export const ENTRY_IDS: Option<readonly string[]> = {
  name: 'id',
  placeholder: 'HEX',
  group: 'Which',
  help: "a store by its entry id, as 'mapisync stores --ids' shows it; may come several times",
  repeats: true,
  read: (texts) => {
    const ids = texts.map((given) => given.toUpperCase());
    for (const [at, id] of ids.entries()) {
      if (!/^([\dA-F]{2})+$/.test(id)) {
        throw new UsageError(`--id takes an entry id in hexadecimal digits; got '${texts[at]}'`);
      }
      if (ids.indexOf(id) !== at) throw new UsageError(`the store with the entry id ${id} came twice`);
    }
    return ids;
  },
};
