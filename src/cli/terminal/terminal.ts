import { styleText } from 'node:util';
import type { Environment } from '../host.js';
import type { OutputStream } from './output.js';

export type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan';

/** What a stream can do: whether lines can be drawn again, how wide they are, whether they have colours. */
export interface Terminal {
  /** Whether lines that have been written can be drawn over. */
  readonly live: boolean;
  /** The present number: a window can change its size at any time. */
  columns(): number;
  /**
   * How many columns of text a line takes at most, so that no terminal wraps it. One column is left free, because some terminals
   * wrap a line that is full. Infinity where there is no terminal.
   */
  lineWidth(): number;
  rows(): number;
  style(style: Style, text: string): string;
}

/**
 * What a stream is. A terminal whose other end is not seen from here (behind a launcher, in a recording) can be declared:
 *
 * - `MAPISYNC_TERMINAL`: `1` says that the stream is a terminal, `0` that it is none;
 * - `COLUMNS` and `LINES`: its size, where the stream does not know it;
 * - `NO_COLOR` and `FORCE_COLOR` (`0`: none): as in other programs; they change colours alone;
 * - `MAPISYNC_CONSOLE_COUNTS_CONTROL_SEQUENCES`: `1` says that the console counts control sequences as text, as Wine's does.
 */
export function terminalOf(stream: OutputStream, env: Environment): Terminal {
  const declared = env.MAPISYNC_TERMINAL;
  const live = declared === '1' || (declared !== '0' && stream.isTTY === true && env.TERM !== 'dumb');
  const colours = coloursOf(live, env);
  const columns = (): number => sizeOf(stream.columns, env.COLUMNS, 80);
  const style = (name: Style, text: string): string =>
    colours ? styleText(name, text, { validateStream: false }) : text;
  // The longest style there is, and the sequence that clears the rest of the line.
  const counted = env.MAPISYNC_CONSOLE_COUNTS_CONTROL_SEQUENCES === '1' ? style('red', '').length + 3 : 0;
  return {
    live,
    columns,
    lineWidth: () => (live ? Math.max(1, columns() - 1 - counted) : Number.POSITIVE_INFINITY),
    rows: () => sizeOf(stream.rows, env.LINES, 24),
    style,
  };
}

function coloursOf(live: boolean, env: Environment): boolean {
  const force = env.FORCE_COLOR;
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  return live && !env.NO_COLOR;
}

function sizeOf(seen: number | undefined, declared: string | undefined, otherwise: number): number {
  if (seen !== undefined && seen > 0) return seen;
  const size = Number(declared);
  return Number.isInteger(size) && size > 0 ? size : otherwise;
}
