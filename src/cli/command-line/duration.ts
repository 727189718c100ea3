import { UsageError } from './usage-error.js';

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** What `timeoutMs` and `stallMs` take at most: almost 25 days. */
export const LONGEST_MS = 0x7fff_ffff;

/**
 * Reads a duration such as `500ms`, `60s`, `1.5m` or `2h`, in milliseconds: an integer, 1 to 2147483647. A number without a
 * unit is refused: it would be seconds to one and milliseconds to another.
 */
export function parseDuration(option: string, text: string): number {
  const found = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  if (!found) throw new UsageError(`${option} takes a duration such as 500ms, 60s, 5m or 2h; got '${text}'`);
  const ms = Math.round(Number(found[1]) * UNIT_MS[found[2] as keyof typeof UNIT_MS]);
  if (ms < 1 || ms > LONGEST_MS) throw new UsageError(`${option} takes a duration from 1ms to 596h; got '${text}'`);
  return ms;
}

/** A duration for people: `0.84 s`, `12.3 s`, `4 min 05 s`, `1 h 02 min`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}
