/** The fuzz targets, a minute each, while other steps wait. A target that has not changed since is not fuzzed again. */
import { buildTargets, fuzzIfChanged, targets } from '../fuzz.mjs';
import { onWindows } from '../paths.mjs';
import { checked, skipped, sum } from './counts.mjs';

export const title = 'Fuzzing: a minute for each parser and reader that has changed';
export const name = 'fuzzing';

export async function run() {
  if (onWindows) return skipped('fuzzing', "Debian's Clang has libFuzzer");
  await buildTargets(targets);
  const counts = [];
  for (const target of targets)
    counts.push(await checked(`${target} withstands whatever it is given`, () => fuzzIfChanged(target)));
  return sum(counts);
}
