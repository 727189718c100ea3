/** clang-tidy, which works beside the other steps from their beginning on, and is heard at their end. */
import { onWindows } from '../paths.mjs';
import { prepareAnalysis } from '../static-analysis.mjs';
import { checked, skipped } from './counts.mjs';

export const title = 'Static analysis of the C++';
export const name = 'analysis';

/** What it has found, as an error; null where it has found nothing. @type {Promise<Error | null> | undefined} */
let finding;

export async function begin() {
  if (onWindows) return;
  const analyse = await prepareAnalysis({ inBackground: true });
  finding = analyse().then(
    () => null,
    (error) => error,
  );
}

export async function run() {
  if (onWindows) return skipped('clang-tidy', "Debian's clang-tidy does it");
  return checked('clang-tidy finds nothing', async () => {
    const error = await finding;
    if (error) throw error;
  });
}
