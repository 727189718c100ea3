import { styleText } from 'node:util';

/** A stream as the command writes to it: `process.stdout`, or what a test puts in its place. */
export interface OutputStream {
  write(text: string): boolean;
  once(event: 'drain' | 'error' | 'close', listener: () => void): unknown;
  off(event: 'drain' | 'error' | 'close', listener: () => void): unknown;
  readonly destroyed?: boolean;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan';

/** What can be done with a stream: may lines be drawn anew, how wide are they, may they have colours. */
export interface Terminal {
  /** May lines that have been written be drawn over? */
  readonly live: boolean;
  /** Now: a window can change its size at any time. */
  columns(): number;
  /**
   * How many columns of text a line may take, so that no terminal wraps it. One is left free, because some terminals wrap a line that
   * is full; and as many as its control sequences have characters, because Wine's console counts them as text. Infinity where there is no
   * terminal.
   */
  lineWidth(): number;
  rows(): number;
  style(style: Style, text: string): string;
}

/**
 * What a stream is. A terminal whose other end is not seen from here (behind a launcher, in a recording) can be declared:
 *
 * - `MAPISYNC_TERMINAL`: `1` says that the stream is one, `0` that it is none;
 * - `COLUMNS` and `LINES`: its size, where the stream does not know it;
 * - `NO_COLOR` and `FORCE_COLOR` (`0`: none): as in other programs; they change colours alone.
 */
export function terminalOf(stream: OutputStream, env: Environment): Terminal {
  const declared = env.MAPISYNC_TERMINAL;
  const live = declared === '1' || (declared !== '0' && stream.isTTY === true && env.TERM !== 'dumb');
  const colours = coloursOf(live, env);
  const columns = (): number => sizeOf(stream.columns, env.COLUMNS, 80);
  const style = (name: Style, text: string): string =>
    colours ? styleText(name, text, { validateStream: false }) : text;
  // The longest style there is, and the command that clears the rest of the line.
  const invisible = style('red', '').length + 3;
  return {
    live,
    columns,
    lineWidth: () => (live ? Math.max(1, columns() - 1 - invisible) : Number.POSITIVE_INFINITY),
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
