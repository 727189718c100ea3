/** The parts of the benchmark: what each measures, how often, in which order. Each answers plain data. */
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installed } from './installed.mjs';
import { answerOf, measurement } from './measurement.mjs';
import { WAYS } from './ways.mjs';

const ROUNDS = 5;
const IMPORT_ROUNDS = 9;
const STORES = [1, 10, 100, 500];

const measureStores = (stores) =>
  measurement('many-stores', { stores, events: { latest: 20_000_000, every: 5_000_000 } });

/** One round after another, and in each all cases in turn, so that a slow moment of the machine hits all of them. */
async function inTurn(rounds, cases, measure) {
  const results = Object.fromEntries(cases.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of cases) results[name].push(await measure(name));
  }
  return results;
}

export const PARTS = {
  ways: async () => {
    const emptyCall = [];
    const ways = await inTurn(ROUNDS, Object.keys(WAYS), async (way) => {
      if (way === 'floor') emptyCall.push(await measurement('empty-call'));
      const { events, module } = WAYS[way];
      return await measurement('way', { way, events, blocks: module === 'mapisync' });
    });
    return { emptyCall, ways };
  },
  loop: () =>
    inTurn(ROUNDS, ['latest', 'every', 'forAwait'], (way) =>
      measurement('event-loop', { way, events: way === 'latest' ? 15_000_000 : 5_000_000 }),
    ),
  blocked: () =>
    inTurn(1, ['latest', 'every'], (delivery) =>
      measurement('blocked', { delivery, events: 10_000_000, blockMs: 3000 }),
    ),
  silent: () => inTurn(3, ['sync'], () => measurement('silent', { shortMs: 100, longMs: 1600 })),
  stores: () => inTurn(ROUNDS, STORES, measureStores),
  mailbox: () => measurement('mailbox', { folders: 100, messages: 100 }),
  import: () =>
    installed('import-time.mjs', (script) =>
      inTurn(IMPORT_ROUNDS, ['empty', 'mapisync'], (name) => answerOf(script, [name])),
    ),
  size: async () => {
    const addon = (arch) => fileURLToPath(new URL(`../../prebuilds/win32-${arch}/mapisync.node`, import.meta.url));
    const archs = ['x64', 'ia32'].filter((arch) => existsSync(addon(arch)));
    return Object.fromEntries(archs.map((arch) => [arch, statSync(addon(arch)).size]));
  },
};
