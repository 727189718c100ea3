/** `npm run check`: lint, types, and the tests that need no Windows, on the host, in seconds and with nothing built. */
import { exclusively } from './exclusive.mjs';
import { npmPackagesStep } from './setup/npm-packages.mjs';
import { ensureStep, isDone } from './setup/step.mjs';
import { inWords, sum } from './test-steps/counts.mjs';
import * as host from './test-steps/host.mjs';
import * as lintAndTypes from './test-steps/lint-and-types.mjs';
import { printedWhole } from './test-steps/output.mjs';

try {
  const packages = npmPackagesStep();
  if (!isDone(packages)) await exclusively('setup', () => ensureStep(packages));
  const total = sum(await Promise.all([lintAndTypes, host.steps.all].map(({ run }) => printedWhole(run))));
  console.log(`\n${inWords(total)}`);
  process.exitCode = total.failed === 0 ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
