/** Reads the command line: what came, checked, or a UsageError that says what would do. It touches nothing else. */
import { parseArgs } from 'node:util';
import type { Arguments, Command } from './command.js';
import type { Option } from './options.js';
import { suggestionFor } from './suggestion.js';
import { UsageError } from './usage-error.js';

export type CommandLine =
  | { readonly kind: 'help'; readonly about: Command | null }
  | { readonly kind: 'version' }
  | { readonly kind: 'run'; readonly command: Command; readonly given: Arguments };

/** Options that every command has. */
const EVERYWHERE = ['help', 'version'] as const;

export function parseCommandLine(argv: readonly string[], commands: readonly Command[]): CommandLine {
  const command = commandOf(argv, commands);
  const { texts, positionals } = readOptions(argv, command, commands);
  if (texts.has('help')) return { kind: 'help', about: command };
  if (texts.has('version')) return { kind: 'version' };
  if (command === null) throw new UsageError('a command is missing');
  try {
    return { kind: 'run', command, given: argumentsOf(command, texts, positionals.slice(1)) };
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(error.message, command) : error;
  }
}

/** Whether machine-readable output was asked for, as far as a command line that may be wrong can tell. */
export function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end === -1 ? argv : argv.slice(0, end)).includes('--json');
}

export function commandNamed(name: string, commands: readonly Command[]): Command {
  const found = commands.find((command) => command.name === name);
  if (found !== undefined) return found;
  const names = commands.map((command) => command.name);
  const meant = suggestionFor(name, names);
  const instead = meant === null ? `the commands are ${names.join(', ')}` : `did you mean ${meant}?`;
  throw new UsageError(`there is no command '${name}'; ${instead}`);
}

/** The command is the first argument; only `--help` or `--version` may come before it. */
function commandOf(argv: readonly string[], commands: readonly Command[]): Command | null {
  const typed = argv.find((argument) => argument !== '--help' && argument !== '--version' && argument !== '-h');
  return typed === undefined || typed.startsWith('-') ? null : commandNamed(typed, commands);
}

function optionsOf(command: Command): Option<unknown>[] {
  return Object.values(command.options);
}

interface ReadOptions {
  /** The texts of each option that came; '' for one that takes no value. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  readonly positionals: readonly string[];
}

function readOptions(argv: readonly string[], command: Command | null, commands: readonly Command[]): ReadOptions {
  const options = new Map(command === null ? [] : optionsOf(command).map((option) => [option.name, option]));
  const known = [...EVERYWHERE, ...options.keys()];
  const typeOf = (name: string) => (options.get(name)?.placeholder ? 'string' : 'boolean') as 'string' | 'boolean';
  const { tokens, positionals } = parseArgs({
    args: [...argv],
    options: {
      ...Object.fromEntries(known.map((name) => [name, { type: typeOf(name) }])),
      help: { type: 'boolean', short: 'h' },
    },
    // The messages of parseArgs say neither what would do nor which command was meant.
    strict: false,
    tokens: true,
  });
  const texts = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName } = token;
    if (!known.includes(name)) throw unknownOption(rawName, command, commands, known);
    if (texts.has(name) && !options.get(name)?.repeats) throw new UsageError(`${rawName} came twice`, command);
    let text = '';
    if (typeOf(name) === 'boolean') {
      if (token.value !== undefined) throw new UsageError(`${rawName} takes no value; got '${token.value}'`, command);
    } else {
      if (token.value === undefined || (!token.inlineValue && token.value.startsWith('-')))
        throw new UsageError(`${rawName} needs a value`, command);
      text = token.value;
    }
    texts.set(name, [...(texts.get(name) ?? []), text]);
  }
  return { texts, positionals };
}

function unknownOption(
  rawName: string,
  command: Command | null,
  commands: readonly Command[],
  known: readonly string[],
): UsageError {
  const name = rawName.replace(/^-+/, '');
  if (command === null && commands.some((one) => optionsOf(one).some((option) => option.name === name))) {
    return new UsageError(`the command comes first, then ${rawName}`);
  }
  const of = command === null ? '' : ` of ${command.name}`;
  const meant = suggestionFor(name, known);
  const suggestion = meant === null ? '' : `; did you mean --${meant}?`;
  return new UsageError(`there is no option ${rawName}${of}${suggestion}`, command);
}

function argumentsOf(
  command: Command,
  texts: ReadonlyMap<string, readonly string[]>,
  operands: readonly string[],
): Arguments {
  const most = command.operands === null ? 0 : (command.mostOperands ?? Number.POSITIVE_INFINITY);
  if (operands.length > most) {
    const takes = most === 0 ? 'no argument' : `${most} argument at most`;
    throw new UsageError(`${command.name} takes ${takes}; got '${operands[most]}'`);
  }
  const options = Object.fromEntries(
    Object.entries(command.options).map(([key, option]) => [key, option.read(texts.get(option.name) ?? [])]),
  );
  const given: Arguments = { options, operands };
  command.check?.(given);
  return given;
}
