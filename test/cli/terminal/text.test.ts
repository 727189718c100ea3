import { describe, expect, it } from 'vitest';
import { cutText, fitText, printable, textWidth } from '../../../src/cli/terminal/text.js';

describe('printable', () => {
  it.each([
    ['Inbox/Kunden', 'Inbox/Kunden'],
    ['two\r\nlines\tand a tab', 'two lines and a tab'],
    ['\x1b[31mred\x1b]0;title\x07', '[31mred]0;title'],
    ['C1 \x9b31m, NUL \0, DEL \x7f', 'C1 31m, NUL , DEL '],
    ['\u202egnp.exe', 'gnp.exe'],
    ['a\ud800b', 'a\ufffdb'],
    ['👩‍🚀 stays', '👩‍🚀 stays'],
  ])('makes %j harmless', (text, harmless) => {
    expect(printable(text)).toBe(harmless);
  });
});

describe('textWidth', () => {
  it.each([
    ['', 0],
    ['Inbox', 5],
    ['Größe', 5],
    ['Gro\u0308ße', 5],
    ['会議の議事録', 12],
    ['메일', 4],
    ['🚢⚓', 4],
    ['👩‍🚀', 2],
    ['❤️', 2],
    ['ｆｕｌｌ', 8],
    ['… – ’', 5],
  ])('%s takes %d columns', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});

describe('cutText and fitText', () => {
  it('leave alone what fits', () => {
    expect(cutText('Inbox', 5)).toBe('Inbox');
    expect(fitText('Inbox', 7)).toBe('Inbox  ');
    expect(fitText('7 %', 5, 'right')).toBe('  7 %');
  });

  it('cut whole characters, and never take more columns than there are', () => {
    expect(cutText('Inbox', 4)).toBe('Inb…');
    expect(cutText('Inbox', 1)).toBe('…');
    expect(cutText('Inbox', 0)).toBe('');
    expect(cutText('会議の議事録', 6)).toBe('会議…');
    expect(fitText('会議の議事録', 6)).toBe('会議… ');
    expect(cutText('a👩‍🚀b', 3)).toBe('a…');
    for (let columns = 0; columns < 14; columns++) {
      expect(textWidth(fitText('a会議👩‍🚀 の e\u0301', columns))).toBe(columns);
    }
  });

  it('do not look through a megabyte to show a line', () => {
    expect(cutText(`${'会'.repeat(500_000)}`, 10)).toBe('会会会会…');
  });
});
