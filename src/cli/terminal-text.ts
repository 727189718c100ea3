/**
 * Text from elsewhere (store names, providers' messages) on a terminal: made harmless, measured in columns, cut to fit.
 */

/**
 * One line, without anything that a terminal takes for a command: control characters (an escape sequence starts with one), and
 * characters that turn the direction of writing. Runs of white space become one blank, lone surrogates U+FFFD.
 */
export function printable(text: string): string {
  return (
    text
      .replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach the terminal.
      .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
      .replace(/\p{Surrogate}/gu, '\ufffd')
  );
}

let segmenter: Intl.Segmenter | undefined;

/** What a reader takes for one character each. */
function graphemes(text: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII, the common case, needs no segmenter.
  if (/^[\u0000-\u007f]*$/.test(text)) return text.split('');
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

// East Asian Wide and Fullwidth of Unicode's EastAsianWidth.txt, in blocks; emoji are found by their property.
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}|^\p{Emoji}\ufe0f/u;
const invisible = /^[\p{Mn}\p{Me}\p{Cf}]*$/u;

function widthOfGrapheme(grapheme: string): number {
  if (invisible.test(grapheme)) return 0;
  return wide.test(grapheme) ? 2 : 1;
}

/** How many columns a terminal gives to `text`. */
export function textWidth(text: string): number {
  return graphemes(text).reduce((width, grapheme) => width + widthOfGrapheme(grapheme), 0);
}

/** At most `columns` columns of `text`; what had to be cut ends in `…`. */
export function cutText(text: string, columns: number): string {
  if (columns <= 0) return '';
  // No more is looked at than a line can hold: a character of more than 32 code units is not text.
  const head = text.slice(0, columns * 32);
  const characters = graphemes(head);
  const whole = head.length === text.length;
  if (whole && characters.reduce((width, one) => width + widthOfGrapheme(one), 0) <= columns) return text;
  let out = '';
  let width = 0;
  for (const character of characters) {
    width += widthOfGrapheme(character);
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
