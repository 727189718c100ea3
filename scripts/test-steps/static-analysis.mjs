/** clang-tidy, which works beside the other steps from their beginning on, and is heard at their end. */
import { onWindows } from '../paths.mjs';
import { analyse } from '../static-analysis.mjs';
import { checked, skipped } from './counts.mjs';

export const title = 'Static analysis of the C++';
export const name = 'analysis';

/** @type {Promise<void> | undefined} */
let analysis;

export function begin() {
  if (onWindows) return;
  analysis = analyse({ inBackground: true });
  // What it throws is for run to hear.
  analysis.catch(() => {});
}

export async function run() {
  if (onWindows) return skipped('clang-tidy', "Debian's clang-tidy does it");
  return checked('clang-tidy finds nothing', () => analysis);
}
