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
  return {
    live,
    columns: () => sizeOf(stream.columns, env.COLUMNS, 80),
    rows: () => sizeOf(stream.rows, env.LINES, 24),
    style: (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text),
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
