/** The fuzz targets, a minute each, beside the other steps from their beginning on; they are heard at the end. */
import { buildTargets, fuzz, targets } from '../fuzz.mjs';
import { onWindows } from '../paths.mjs';
import { checked, skipped, sum } from './counts.mjs';

export const title = 'Fuzzing: a minute for each parser and reader';
export const name = 'fuzzing';

/** Of each target: what was done. @type {Map<string, Promise<string>>} */
const outcomes = new Map();

export function begin() {
  if (onWindows) return;
  const built = buildTargets(targets);
  let before;
  for (const target of targets) {
    const outcome = Promise.all([built, before]).then(() => fuzz(target, { inBackground: true }));
    // One after the other, whatever breaks: what it throws is for run to hear.
    before = outcome.catch(() => {});
    outcomes.set(target, outcome);
  }
}

export async function run() {
  if (onWindows) return skipped('fuzzing', "Debian's Clang has libFuzzer");
  const counts = [];
  for (const target of targets) {
    counts.push(await checked(`${target} withstands whatever it is given`, () => outcomes.get(target)));
  }
  return sum(counts);
}
