import { expect, it } from 'vitest';
import { jsonLine } from '../../../src/cli/report/json-lines.js';

it('is one line of printable ASCII, whatever the object holds, and means the same', () => {
  const every = Array.from({ length: 0x1_0000 }, (_, unit) => String.fromCharCode(unit)).join('');
  const line = jsonLine({ every, emoji: '🚢' });
  expect(line).toMatch(/^[ -~]*\n$/);
  expect(JSON.parse(line)).toEqual({ every, emoji: '🚢' });
});

it.each(['\u2028', '\u2029', '\u0085', '\u009b', '\u061c', '\u202e', '\ud800', '\x7f', '\x1b'])(
  'escapes %j',
  (unit) => {
    const hex = unit.charCodeAt(0).toString(16).padStart(4, '0');
    expect(jsonLine({ unit })).toBe(`{"unit":"\\u${hex}"}\n`);
  },
);
