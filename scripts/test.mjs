/**
 * `npm test [-- --only STEP[,STEP]]`: sets up, builds, runs every test, and ends with the line `N passed, N failed, N
 * skipped`. A step that fails does not keep the later ones from running. Exit code 1 if anything failed.
 */
import { build } from './build.mjs';
import { ensureSetup } from './setup.mjs';
import * as abi from './test-steps/abi.mjs';
import * as command from './test-steps/command.mjs';
import * as contractIa32 from './test-steps/contract-ia32.mjs';
import { checked, inWords, none, sum } from './test-steps/counts.mjs';
import * as fuzzing from './test-steps/fuzzing.mjs';
import * as lintAndTypes from './test-steps/lint-and-types.mjs';
import * as nativeUnits from './test-steps/native-units.mjs';
import * as staticAnalysis from './test-steps/static-analysis.mjs';
import * as typescript from './test-steps/typescript.mjs';

const steps = [lintAndTypes, nativeUnits, abi, typescript, contractIa32, command, staticAnalysis, fuzzing];

function chosenSteps(args) {
  if (args.length === 0) return steps;
  const names = args[0] === '--only' && args.length === 2 ? args[1].split(',') : [];
  const chosen = steps.filter(({ name }) => names.includes(name));
  if (chosen.length === 0 || chosen.length !== names.length) {
    throw new Error(
      `usage: npm test [-- --only STEP[,STEP...]], with these steps: ${steps.map(({ name }) => name).join(', ')}`,
    );
  }
  return chosen;
}

async function runStep({ title, run }) {
  console.log(`\n== ${title}\n`);
  const begin = Date.now();
  let counts;
  try {
    counts = await run();
  } catch (error) {
    console.log(`not ok: ${error.stack}`);
    counts = { ...none(), failed: 1 };
  }
  console.log(`\n   ${title}: ${inWords(counts)} (${((Date.now() - begin) / 1000).toFixed(0)} s)`);
  return counts;
}

try {
  const chosen = chosenSteps(process.argv.slice(2));
  await ensureSetup();
  const built = await checked('builds', build);
  const results = [{ ...built, passed: 0 }];
  for (const step of chosen) step.begin?.();
  for (const step of chosen) results.push(await runStep(step));
  const total = sum(results);
  console.log(`\n${inWords(total)}`);
  process.exitCode = total.failed === 0 ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
