import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../../src/cli/command-line/duration.js';
import { UsageError } from '../../../src/cli/command-line/usage-error.js';

describe('parseDuration', () => {
  it.each([
    ['1ms', 1],
    ['500ms', 500],
    ['60s', 60_000],
    ['5m', 300_000],
    ['1.5m', 90_000],
    ['0.001s', 1],
    ['2h', 7_200_000],
    ['596h', 2_145_600_000],
    ['2147483647ms', 2_147_483_647],
  ])('reads %s as %d milliseconds', (text, ms) => {
    expect(parseDuration('--timeout', text)).toBe(ms);
  });

  it.each(['', '5', '5 m', 'm', '-5m', '5min', '1m30s', '5M', '0x5s', '1e3ms', '.5s', '5.s', '٥m'])(
    'refuses %j, and says what would do',
    (text) => {
      expect(() => parseDuration('--stall', text)).toThrow(UsageError);
      expect(() => parseDuration('--stall', text)).toThrow(
        `--stall takes a duration such as 500ms, 60s, 5m or 2h; got '${text}'`,
      );
    },
  );

  it.each(['0s', '0.0001ms', '2147483648ms', '597h', '99999999999999999999h'])('refuses %s as out of range', (text) => {
    expect(() => parseDuration('--timeout', text)).toThrow(
      `--timeout takes a duration from 1ms to 596h; got '${text}'`,
    );
  });
});

describe('formatDuration', () => {
  it.each([
    [-1, '0.00 s'],
    [0, '0.00 s'],
    [843, '0.84 s'],
    [9_994, '9.99 s'],
    [9_996, '10.0 s'],
    [12_345, '12.3 s'],
    [59_949, '59.9 s'],
    [59_999, '1 min 00 s'],
    [245_000, '4 min 05 s'],
    [3_599_600, '1 h 00 min'],
    [3_725_000, '1 h 02 min'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
