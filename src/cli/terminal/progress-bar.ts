const FULL = '█';
const EMPTY = '░';

/** A bar of `columns` columns that is filled to `fraction` (0 to 1; more or less is taken for the nearest). */
export function progressBar(fraction: number, columns: number): string {
  // Full only when there is nothing left.
  const filled =
    fraction >= 1 ? columns : Math.min(Math.max(0, columns - 1), Math.floor(Math.max(0, fraction) * columns));
  return FULL.repeat(filled) + EMPTY.repeat(columns - filled);
}

/** A bar for work whose end is not known: a piece that wanders from left to right and back, by `step`. */
export function wanderingBar(step: number, columns: number): string {
  const piece = Math.min(3, columns);
  const way = columns - piece;
  const at = way === 0 ? 0 : step % (2 * way);
  const left = at <= way ? at : 2 * way - at;
  return EMPTY.repeat(left) + FULL.repeat(piece) + EMPTY.repeat(way - left);
}
