/** The soak as a program of Windows Node: `node test/soak/main.mjs SYNCS AT_ONCE SEED`. scripts/soak.mjs starts it. */
import '../support/typescript-names.mjs';

const { brokenPromises, memoryGrowth, soak } = await import('./soak.ts');
const [syncs, atOnce, seed] = process.argv.slice(2).map(Number);
const report = await soak({ syncs, atOnce, seed, onProgress: (text) => console.log(text) });
const { before, afterTenth, after, ends, counters, seconds } = report;
const megabytes = (bytes) => `${(bytes / 1024 / 1024).toFixed(2)} MB`;
console.log(`${syncs} synchronisations, ${atOnce} at once, in ${seconds.toFixed(0)} s; seed ${seed}`);
for (const [code, count] of Object.entries(ends).sort(([, one], [, other]) => other - one))
  console.log(`  ${count} ${code}`);
console.log(`left: ${JSON.stringify(counters)}`);
const row = (pick) => ({ before: pick(before), 'after a tenth': pick(afterTenth), after: pick(after) });
console.table({
  handles: row((use) => use.handles),
  threads: row((use) => use.threads),
  memory: row((use) => megabytes(use.memory)),
  resident: row((use) => megabytes(use.residentBytes)),
});
console.log(`memory after the first tenth: ${megabytes(memoryGrowth(report))} per 10,000`);
const broken = brokenPromises(report, true);
for (const promise of broken) console.log(`not ok ${promise}`);
process.exitCode = broken.length === 0 ? 0 : 1;
