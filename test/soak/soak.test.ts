import { expect, it } from 'vitest';
import { brokenPromises, soak } from './soak.js';

const seed = Number(process.env.MAPISYNC_SEED ?? Math.floor(Math.random() * 0x1_0000_0000));

it(`600 random synchronisations, 50 at once, come to their ends and leave nothing (MAPISYNC_SEED=${seed})`, async () => {
  const report = await soak({ syncs: 600, atOnce: 50, seed });
  expect(Object.values(report.ends).reduce((sum, count) => sum + count, 0)).toBe(600);
  expect(brokenPromises(report, false)).toEqual([]);
}, 180_000);
