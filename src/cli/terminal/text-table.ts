import { fitText, textWidth } from './text.js';

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Whether it is cut where the table would be wider than the terminal. */
  readonly shrinks?: boolean;
}

const GAP = 2;

/** The lines of a table: its head, then a line for each row. Cells are single lines of printable text. */
export function textTable(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string[] {
  const table = [columns.map(({ title }) => title), ...rows].map((cells) =>
    columns.map((_, at) => {
      const text = cells[at] ?? '';
      return { text, width: textWidth(text) };
    }),
  );
  const widths = columns.map((_, at) => table.reduce((most, cells) => Math.max(most, cells[at]?.width ?? 0), 0));
  const excess = widths.reduce((sum, one) => sum + one, GAP * (columns.length - 1)) - width;
  const shrinking = columns.findIndex((column) => column.shrinks);
  if (excess > 0 && shrinking !== -1) {
    const least = table[0]?.[shrinking]?.width ?? 0;
    widths[shrinking] = Math.max(least, (widths[shrinking] ?? 0) - excess);
  }
  return table.map((cells) =>
    cells
      .map((cell, at) => {
        const room = widths[at] ?? 0;
        if (cell.width > room) return fitText(cell.text, room, columns[at]?.align);
        const blanks = ' '.repeat(room - cell.width);
        return columns[at]?.align === 'right' ? blanks + cell.text : cell.text + blanks;
      })
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}
