import { fitText, textWidth } from './terminal-text.js';

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** May it be cut where the table would be wider than the terminal? */
  readonly shrinks?: boolean;
}

/** Lines of a table: its head, then a line for each row. Cells are single lines of printable text. */
export function textTable(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string[] {
  const gap = 2;
  const widths = columns.map((column, at) =>
    Math.max(textWidth(column.title), ...rows.map((row) => textWidth(row[at] ?? ''))),
  );
  const excess = widths.reduce((sum, one) => sum + one, gap * (columns.length - 1)) - width;
  const shrinking = columns.findIndex((column) => column.shrinks);
  if (excess > 0 && shrinking !== -1) {
    const least = textWidth(columns[shrinking]?.title ?? '');
    widths[shrinking] = Math.max(least, (widths[shrinking] ?? 0) - excess);
  }
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, at) => fitText(cells[at] ?? '', widths[at] ?? 0, column.align))
      .join(' '.repeat(gap))
      .trimEnd();
  return [line(columns.map((column) => column.title)), ...rows.map(line)];
}
