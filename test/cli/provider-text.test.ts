/** Every place that shows what providers say: nothing that a terminal obeys gets through, and nothing without bound. */
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.js';
import { simulatedHost } from './simulated-host.js';
import { SimulatedMapiError, type SimulatedStore, simulate, type Told } from './simulated-library.js';

const EVIL = 'a\x1b]0;t\x9b31m\u061c\u202e\u2066\u0007\u2028z';
const UNSAFE = /[^\P{Cc}\n]|[\p{Bidi_Control}\u2028\u2029\p{Surrogate}]/u;
const LONG = `会\x1b${'x'.repeat(1_048_576)}`;

const told = (text: string): Told[] => [
  { type: 'progress', message: text, index: 1, max: 2 },
  ...Array.from({ length: 30 }, (): Told => ({ type: 'problem', hresult: 0x80070005, code: 'E', message: text })),
];

const failing = (text: string) =>
  Object.assign(new SimulatedMapiError(`op ${text}`, `code ${text}`, 0x80040600, `hint ${text}`), {
    message: `message ${text}`,
    detail: `detail ${text}`,
  });

async function texts(args: readonly string[], stores: readonly SimulatedStore[], logonError?: Error, live = false) {
  const simulation = simulate(stores, logonError ? { logonError } : {});
  const host = simulatedHost({
    ...simulation.library,
    profiles: async () => stores.map(({ name }) => ({ name, isDefault: false })),
  });
  if (live) Object.assign(host.stdout, { isTTY: true, columns: 120, rows: 40 });
  await run(args, host);
  return { out: host.stdout.text, err: host.stderr.text };
}

/** Our own colours and cursor movements do not count. */
const OURS = new RegExp(`${'\x1b'}\\[(\\?25[lh]|\\d*[AJKm])|\r`, 'g');
const withoutOurs = (text: string): string => text.replace(OURS, '');

describe.each([
  ['control and direction characters', EVIL],
  ['a megabyte', LONG],
])('what providers say, with %s,', (_, text) => {
  const stores: readonly SimulatedStore[] = [
    { name: `one ${text}`, events: told(text) },
    { name: `two ${text}`, openError: failing(text) },
    { name: `three ${text}`, canSynchronize: false },
  ];
  it.each<[string, readonly string[], Error | undefined, boolean]>([
    ['profiles', ['profiles'], undefined, false],
    ['stores', ['stores', '--check'], undefined, false],
    ['plain lines and the table', ['sync', '--all'], undefined, false],
    ['live lines', ['sync', '--all'], undefined, true],
    ['messages beside JSON lines', ['sync', '--all', '--json'], undefined, false],
    ['an error of the log-on', ['sync'], failing(text), false],
    ['a name that came and matches none', ['sync', text], undefined, false],
    ['a wrong argument', ['sync', '--scope', text], undefined, false],
  ])('is harmless and bounded in %s', async (_place, args, logonError, live) => {
    const { out, err } = await texts(args, stores, logonError, live);
    expect(
      withoutOurs(out + err)
        .split('')
        .filter((unit) => UNSAFE.test(unit)),
    ).toEqual([]);
    expect((out + err).length).toBeGreaterThan(10);
    if (!args.includes('--json')) expect(out.length + err.length).toBeLessThan(50_000);
  });
});
