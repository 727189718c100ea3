/** The texts of `--help` and the usage lines that go with an error, made from the descriptions of the commands. */
import { EXIT_CODES } from '../exit-code.js';
import type { Command } from './command.js';
import type { Option } from './options.js';

const COLUMNS = 80;
/** Where the explanations of options begin. */
const EXPLANATION_COLUMN = 23;

export function usageLine(command: Command): string {
  const options = Object.values(command.options).map((option) => `[${spelled(option)}]`);
  const words = ['mapisync', command.name, ...(command.operands === null ? [] : [`[${command.operands}]`])];
  const whole = [...words, ...options].join(' ');
  return whole.length <= COLUMNS - 'Usage: '.length ? whole : [...words, '[options]'].join(' ');
}

/** The help of all commands. */
export function overview(commands: readonly Command[]): string {
  const paragraphs = [
    'mapisync synchronizes MAPI message stores through IMAPISync.',
    'Usage: mapisync <command> [options]',
    ['Commands:', ...commands.map(({ name, summary }) => explained(name, summary, 14))].join('\n'),
    [
      'Options:',
      explained('--help', 'shows this, or the help of a command: mapisync sync --help', 14),
      explained('--version', 'shows the version', 14),
    ].join('\n'),
    wrapped(EXIT_CODES, COLUMNS).join('\n'),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

/** The help of one command. */
export function helpText(command: Command): string {
  const options = Object.values(command.options);
  const groups = [...new Set(options.map(({ group }) => group))];
  const paragraphs = [
    `Usage: ${usageLine(command)}`,
    ...command.description.map((paragraph) => wrapped(paragraph, COLUMNS).join('\n')),
    ...groups.map((group) => {
      const members = options.filter((option) => option.group === group);
      return [`${group}:`, ...members.map((one) => explained(spelled(one), one.help, EXPLANATION_COLUMN))].join('\n');
    }),
    ...(command.notes ?? []).map((paragraph) => wrapped(paragraph, COLUMNS).join('\n')),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function spelled({ name, placeholder }: Option<unknown>): string {
  return placeholder === null ? `--${name}` : `--${name} ${placeholder}`;
}

function explained(term: string, explanation: string, column: number): string {
  const indent = ' '.repeat(column);
  const lines = wrapped(explanation, COLUMNS - column);
  const head = `  ${term}`;
  // A term that leaves no room has a line of its own.
  const first = head.length + 2 > column ? `${head}\n${indent}` : head.padEnd(column);
  return first + lines.join(`\n${indent}`);
}

function wrapped(paragraph: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
