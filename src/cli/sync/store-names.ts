/** Names of stores that a person can tell apart, type and paste. */

/** What looks like nothing, like a blank, or turns the direction of writing. */
const UNSEEN = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/u;
/** A letter with marks of its own; also the conjoining letters of Hangul. */
const WITH_MARKS = /[^\p{M}\u1161-\u11ff][\p{M}\u1161-\u11ff]*/gu;

/**
 * A name with `\u{...}` for what cannot be seen or typed: other blanks than single ones between words, invisible characters, accents
 * that stand apart from their letters, and a dash that would begin an option. Different names are spelled differently.
 */
export function spelledName(name: string): string {
  const composed = name
    .replaceAll('\\u{', '\\u{5C}u{')
    .replace(WITH_MARKS, (letter) => (letter.normalize('NFC') === letter ? letter : escapedDifference(letter)));
  let spelled = '';
  let before = '';
  for (const [at, character] of Array.from(composed).entries()) {
    const blank = character === ' ' && before !== '' && before !== ' ';
    spelled += (UNSEEN.test(character) && !blank) || (at === 0 && character === '-') ? escaped(character) : character;
    before = character;
  }
  return spelled.endsWith(' ') ? `${spelled.slice(0, -1)}${escaped(' ')}` : spelled;
}

/** The marks of a letter that are spelled apart, or the letter itself where it has another usual form. */
function escapedDifference(letter: string): string {
  const [first = '', ...marks] = Array.from(letter);
  const head = first.normalize('NFC') === first ? first : escaped(first);
  return head + marks.map(escaped).join('');
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;
}
