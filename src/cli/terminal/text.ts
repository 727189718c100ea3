/** Text from elsewhere (store names, providers' messages) on a terminal: made harmless, measured in columns, cut to fit. */
import stringWidth from 'string-width';

/**
 * One line, without anything that a terminal takes for a command: control characters (an escape sequence starts with one), and
 * characters that turn the direction of writing. Runs of white space become one blank, lone surrogates U+FFFD.
 */
export function printable(text: string): string {
  return text
    .replace(/[\s\p{Zl}\p{Zp}\u0085]+/gu, ' ')
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, '')
    .replace(/\p{Surrogate}/gu, '\ufffd');
}

/** At most so many columns of a name are shown, on a terminal and off it. */
const NAME_COLUMNS = 100;
/** The same for a message, a path, or another sentence of somebody else's. */
const MESSAGE_COLUMNS = 200;
/** A character has hardly more UTF-16 units than this; no more of a long text is looked at. */
const UNITS_PER_COLUMN = 32;

/** A name as it is shown: printable, and of bounded length. */
export function shownName(name: string): string {
  return shown(name, NAME_COLUMNS);
}

/** A message as it is shown: printable, and of bounded length. */
export function shownMessage(message: string, columns: number = MESSAGE_COLUMNS): string {
  return shown(message, columns);
}

function shown(text: string, columns: number): string {
  const head = text.slice(0, columns * UNITS_PER_COLUMN);
  const clean = printable(head);
  return cutText(head.length === text.length ? clean : `${clean}…`, columns);
}

const ONLY_ASCII = /^[ -~]*$/;

let segmenter: Intl.Segmenter | undefined;

/** What a reader takes for one character each. */
function graphemes(text: string): Iterable<string> {
  if (ONLY_ASCII.test(text)) return text;
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** How many columns a terminal gives to printable text. */
export function textWidth(text: string): number {
  return ONLY_ASCII.test(text) ? text.length : stringWidth(text, { countAnsiEscapeCodes: true });
}

/** At most `columns` columns of `text`; text that had to be cut ends in `…`. */
export function cutText(text: string, columns: number): string {
  if (columns <= 0) return '';
  const head = text.slice(0, columns * UNITS_PER_COLUMN);
  if (head.length === text.length && textWidth(text) <= columns) return text;
  let out = '';
  let width = 0;
  for (const character of graphemes(head)) {
    width += textWidth(character);
    if (width > columns - 1) break;
    out += character;
  }
  return `${out}…`;
}

/** Exactly `columns` columns: cut, or filled with blanks behind (or before). */
export function fitText(text: string, columns: number, side: 'left' | 'right' = 'left'): string {
  const cut = cutText(text, columns);
  const blanks = ' '.repeat(Math.max(0, columns - textWidth(cut)));
  return side === 'left' ? cut + blanks : blanks + cut;
}
