/** clang-tidy, over what has changed since it found nothing, while other steps wait. */
import { onWindows } from '../paths.mjs';
import { analyse } from '../static-analysis.mjs';
import { checked, skipped } from './counts.mjs';

export const title = 'Static analysis of the C++ that has changed';
export const name = 'analysis';

export async function run() {
  if (onWindows) return skipped('clang-tidy', "Debian's clang-tidy does it");
  return checked('clang-tidy finds nothing', () => analyse({ inBackground: true }));
}
