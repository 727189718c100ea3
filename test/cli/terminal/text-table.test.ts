import { expect, it } from 'vitest';
import { textTable } from '../../../src/cli/terminal/text-table.js';

const columns = [
  { title: 'Store', align: 'left', shrinks: true },
  { title: 'Updates', align: 'right' },
  { title: 'Outcome', align: 'left' },
] as const;

it('aligns columns by what a terminal shows of them', () => {
  expect(
    textTable(
      columns,
      [
        ['会議', '7', 'succeeded'],
        ['Archive', '12', ''],
      ],
      80,
    ),
  ).toEqual(['Store    Updates  Outcome', '会議           7  succeeded', 'Archive       12']);
});

it('cuts the column that may shrink, down to its title', () => {
  expect(textTable(columns, [['A long store name', '7', 'failed']], 30)[1]).toBe('A long stor…        7  failed');
  expect(textTable(columns, [['A long store name', '7', 'failed']], 5)[1]).toBe('A lo…        7  failed');
});
