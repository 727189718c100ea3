import type { Host } from '../host.js';
import type { Interruption } from '../interruption.js';
import type { Output } from '../terminal/output.js';
import type { Option } from './options.js';

/** A command's options, by the names under which its code finds their values. */
export type OptionSet = Readonly<Record<string, Option<unknown>>>;

export interface Arguments<Options extends OptionSet = OptionSet> {
  readonly options: { readonly [Key in keyof Options]: Options[Key] extends Option<infer Value> ? Value : never };
  /** What came besides the options, in order. */
  readonly operands: readonly string[];
}

export interface CommandContext {
  readonly host: Host;
  /** Standard output. */
  readonly output: Output;
  /** Standard error. */
  readonly messages: Output;
  readonly interruption: Interruption;
  /** All commands, for the one that explains them. */
  readonly commands: readonly Command[];
}

/** All that is known about one command. The parser, the suggestions and the help texts are made from it. */
export interface Command<Options extends OptionSet = OptionSet> {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Paragraphs that begin the command's own help. */
  readonly description: readonly string[];
  /** How the help spells what the command takes besides options; null where it takes nothing. */
  readonly operands: string | null;
  /** How many operands it takes at most; no limit where this is left out. */
  readonly mostOperands?: number;
  readonly options: Options;
  /** Paragraphs that end the command's own help. */
  readonly notes?: readonly string[];
  /** The exit code after the reader of standard output has left. */
  readonly readerLeft: number;
  /** Throws a UsageError where arguments contradict one another. */
  check?(given: Arguments<Options>): void;
  /** Resolves with the exit code. */
  run(given: Arguments<Options>, context: CommandContext): Promise<number>;
}

/** Only gives `run` and `check` the types of the options. */
export function defineCommand<const Options extends OptionSet>(command: Command<Options>): Command<Options> {
  return command;
}
