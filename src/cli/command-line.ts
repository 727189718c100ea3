/** Reads the command line: what came, checked, or a UsageError that says what would do. Touches nothing else. */
import { win32 } from 'node:path';
import { parseArgs } from 'node:util';
import { parseDuration } from './duration.js';
import { suggestionFor } from './suggestion.js';
import { UsageError } from './usage-error.js';
import { type CommandName, commandNames } from './usage-text.js';

export type MapiOption = 'system' | 'sample' | { readonly path: string };

export interface ProfilesArguments {
  readonly command: 'profiles';
  readonly mapi: MapiOption;
  readonly json: boolean;
}

export interface StoresArguments {
  readonly command: 'stores';
  readonly mapi: MapiOption;
  /** null: the default profile. */
  readonly profile: string | null;
  readonly json: boolean;
}

export interface SyncArguments {
  readonly command: 'sync';
  readonly mapi: MapiOption;
  /** null: the default profile. */
  readonly profile: string | null;
  /** Display names; none: the default store, unless `all`. */
  readonly stores: readonly string[];
  readonly all: boolean;
  readonly sync: {
    readonly direction?: 'both' | 'upload' | 'download';
    readonly scope?: 'all' | 'hierarchy' | 'contents';
    readonly headersOnly?: true;
    readonly background?: true;
    readonly engine?: 'imapisync' | 'transport' | 'auto';
    readonly timeoutMs?: number;
    readonly stallMs?: number;
  };
  readonly concurrency: number;
  readonly json: boolean;
}

export interface DemoArguments {
  readonly command: 'demo';
  readonly json: boolean;
}

export type CommandLine =
  | { readonly command: 'help'; readonly about: CommandName | null }
  | { readonly command: 'version' }
  | ProfilesArguments
  | StoresArguments
  | SyncArguments
  | DemoArguments;

/** How many stores are synchronised at once where `--concurrency` does not say. */
export const defaultConcurrency = 4;

const everywhere = { help: 'boolean', version: 'boolean' } as const;

const optionsOf = {
  profiles: { mapi: 'string', json: 'boolean' },
  stores: { mapi: 'string', profile: 'string', json: 'boolean' },
  demo: { json: 'boolean' },
  sync: {
    mapi: 'string',
    profile: 'string',
    all: 'boolean',
    direction: 'string',
    scope: 'string',
    'headers-only': 'boolean',
    background: 'boolean',
    engine: 'string',
    timeout: 'string',
    stall: 'string',
    concurrency: 'string',
    json: 'boolean',
  },
} as const satisfies Record<CommandName, Record<string, 'boolean' | 'string'>>;

export function parseCommandLine(argv: readonly string[]): CommandLine {
  const command = commandOf(argv);
  const { values, positionals } = readOptions(argv, command);
  if (values.has('help')) return { command: 'help', about: command };
  if (values.has('version')) return { command: 'version' };
  if (command === null) throw new UsageError('a command is missing');
  return within(command, () => argumentsOf(command, values, positionals.slice(1)));
}

/** Was machine-readable output asked for, as far as that can be told from a command line that may be wrong? */
export function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end === -1 ? argv : argv.slice(0, end)).includes('--json');
}

/** The command is the first argument; before it, at most `--help` or `--version`. */
function commandOf(argv: readonly string[]): CommandName | null {
  const typed = argv.find((argument) => argument !== '--help' && argument !== '--version' && argument !== '-h');
  if (typed === undefined || typed.startsWith('-')) return null;
  const command = commandNames.find((name) => name === typed);
  if (command !== undefined) return command;
  const meant = suggestionFor(typed, commandNames);
  const instead = meant === null ? `the commands are ${commandNames.join(', ')}` : `did you mean ${meant}?`;
  throw new UsageError(`there is no command '${typed}'; ${instead}`);
}

interface ReadOptions {
  /** Each option that came, with its text; '' for one that takes none. */
  readonly values: ReadonlyMap<string, string>;
  readonly positionals: readonly string[];
}

function readOptions(argv: readonly string[], command: CommandName | null): ReadOptions {
  const known: Readonly<Record<string, 'boolean' | 'string'>> = {
    ...everywhere,
    ...(command === null ? {} : optionsOf[command]),
  };
  const { tokens, positionals } = parseArgs({
    args: [...argv],
    options: {
      ...Object.fromEntries(Object.entries(known).map(([name, type]) => [name, { type }])),
      help: { type: 'boolean', short: 'h' },
    },
    // Its own messages say neither what would do nor which command was meant.
    strict: false,
    tokens: true,
  });
  const values = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName } = token;
    const type = Object.hasOwn(known, name) ? known[name] : undefined;
    if (type === undefined) throw unknownOption(rawName, command, Object.keys(known));
    if (values.has(name)) throw new UsageError(`${rawName} came twice`, command);
    if (type === 'boolean') {
      if (token.value !== undefined) throw new UsageError(`${rawName} takes no value, not '${token.value}'`, command);
      values.set(name, '');
    } else {
      const missing = token.value === undefined || (!token.inlineValue && token.value.startsWith('-'));
      if (missing) throw new UsageError(`${rawName} needs a value`, command);
      values.set(name, token.value as string);
    }
  }
  return { values, positionals };
}

function unknownOption(rawName: string, command: CommandName | null, known: readonly string[]): UsageError {
  const name = rawName.replace(/^-+/, '');
  if (command === null && Object.values(optionsOf).some((options) => Object.hasOwn(options, name))) {
    return new UsageError(`the command comes first, then ${rawName}`);
  }
  const of = command === null ? '' : ` of ${command}`;
  const meant = suggestionFor(name, known);
  if (meant !== null) return new UsageError(`there is no option ${rawName}${of}; did you mean --${meant}?`, command);
  return new UsageError(`there is no option ${rawName}${of}`, command);
}

/** Lets an error say which command it is about. */
function within<T>(command: CommandName, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(error.message, command) : error;
  }
}

function argumentsOf(
  command: CommandName,
  values: ReadonlyMap<string, string>,
  operands: readonly string[],
): CommandLine {
  const json = values.has('json');
  if (command !== 'sync' && operands.length > 0)
    throw new UsageError(`${command} takes no argument, not '${operands[0]}'`);
  if (command === 'demo') return { command, json };
  const mapi = mapiOf(values.get('mapi'));
  if (command === 'profiles') return { command, mapi, json };
  const profile = nonEmpty('--profile', values.get('profile'));
  if (command === 'stores') return { command, mapi, profile, json };
  return {
    command,
    mapi,
    profile,
    ...selection(operands, values.has('all')),
    sync: {
      ...oneOf('direction', values, ['both', 'upload', 'download']),
      ...oneOf('scope', values, ['all', 'hierarchy', 'contents']),
      ...(values.has('headers-only') ? { headersOnly: true } : {}),
      ...(values.has('background') ? { background: true } : {}),
      ...oneOf('engine', values, ['imapisync', 'transport', 'auto']),
      ...duration('timeoutMs', '--timeout', values.get('timeout')),
      ...duration('stallMs', '--stall', values.get('stall')),
    },
    concurrency: concurrencyOf(values.get('concurrency')),
    json,
  };
}

function selection(stores: readonly string[], all: boolean): { stores: readonly string[]; all: boolean } {
  if (all && stores.length > 0) throw new UsageError(`--all takes every store; leave out '${stores[0]}', or --all`);
  for (const [at, name] of stores.entries()) {
    if (name === '') throw new UsageError("a store's name is empty");
    if (stores.indexOf(name) !== at) throw new UsageError(`the store '${name}' came twice`);
  }
  return { stores, all };
}

function mapiOf(text: string | undefined): MapiOption {
  if (text === undefined || text === 'system') return 'system';
  if (text === 'sample') return 'sample';
  // A DLL that is looked for along a path may be somebody else's.
  if (!win32.isAbsolute(text) || !/^([a-z]:|\\\\|\/\/)/i.test(text)) {
    throw new UsageError(`--mapi takes 'sample', or the absolute path of a MAPI DLL, not '${text}'`);
  }
  return { path: text };
}

function nonEmpty(option: string, text: string | undefined): string | null {
  if (text === '') throw new UsageError(`${option} needs a value`);
  return text ?? null;
}

function oneOf<const Name extends string, const Value extends string>(
  name: Name,
  values: ReadonlyMap<string, string>,
  allowed: readonly Value[],
): { [key in Name]?: Value } {
  const text = values.get(name);
  if (text === undefined) return {};
  const value = allowed.find((one) => one === text);
  if (value === undefined) throw new UsageError(`--${name} takes ${listed(allowed)}, not '${text}'`);
  return { [name]: value } as { [key in Name]?: Value };
}

function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function duration<const Key extends string>(
  key: Key,
  option: string,
  text: string | undefined,
): { [key in Key]?: number } {
  return text === undefined ? {} : ({ [key]: parseDuration(option, text) } as { [key in Key]?: number });
}

function concurrencyOf(text: string | undefined): number {
  if (text === undefined) return defaultConcurrency;
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (count < 1) throw new UsageError(`--concurrency takes a whole number from 1 to 9999, not '${text}'`);
  return count;
}
