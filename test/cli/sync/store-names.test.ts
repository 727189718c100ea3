import { expect, it } from 'vitest';
import { spelledName } from '../../../src/cli/sync/store-names.js';

it.each([
  ['Outlook Data File', 'Outlook Data File'],
  ['Öffentliche Ordner', 'Öffentliche Ordner'],
  ['会議', '会議'],
  ['Old  Archive', 'Old \\u{20}Archive'],
  [' Old ', '\\u{20}Old\\u{20}'],
  ['Old\u00a0Archive', 'Old\\u{A0}Archive'],
  ['Cafe\u0301', 'Cafe\\u{301}'],
  ['\u212bsa', '\\u{212B}sa'],
  ['a\u202eb\u061cc\x1b', 'a\\u{202E}b\\u{61C}c\\u{1B}'],
  ['zero\u200bwidth', 'zero\\u{200B}width'],
  ['lone\ud800', 'lone\\u{D800}'],
  ['-x', '\\u{2D}x'],
  ['back\\slash', 'back\\slash'],
  ['\\u{41}', '\\u{5C}u{41}'],
  ['', ''],
])('%j is spelled %s', (name, spelled) => {
  expect(spelledName(name)).toBe(spelled);
});
