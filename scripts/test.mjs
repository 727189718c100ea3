/**
 * `npm test [-- --only STEP[,STEP] | FILE...]`: sets up, builds, runs every test, and ends with the line `N passed, N failed, N
 * skipped`. A step that fails does not keep the others from running. Exit code 1 if anything failed.
 *
 * With FILES only those tests run, each in the quickest place that can run it; see test-chosen.mjs. Where the variable CI is
 * `true`, every version of Node runs every test, and the addon's undefined-behaviour build is tested as well.
 */
import { build } from './build.mjs';
import { ensureSetup } from './setup.mjs';
import { runChosen } from './test-chosen.mjs';
import * as abi from './test-steps/abi.mjs';
import { checked, inWords, none, sum } from './test-steps/counts.mjs';
import * as fuzzing from './test-steps/fuzzing.mjs';
import * as host from './test-steps/host.mjs';
import * as lintAndTypes from './test-steps/lint-and-types.mjs';
import * as nativeUnits from './test-steps/native-units.mjs';
import { print, printedWhole } from './test-steps/output.mjs';
import * as staticAnalysis from './test-steps/static-analysis.mjs';
import * as typescript from './test-steps/typescript.mjs';
import * as undefinedBehaviour from './test-steps/undefined-behaviour.mjs';

const USAGE = 'usage: npm test [-- --only STEP[,STEP...] | FILE...]';

const everything = process.env.CI === 'true';

/**
 * The steps of a lane run one after the other, the lanes side by side. Tests in Windows wait for processes and timers most of
 * the time; meanwhile another lane computes.
 */
const lanes = [
  [typescript.steps.newest, ...typescript.steps.older],
  [lintAndTypes, host.steps.scripts, nativeUnits, abi, typescript.steps.ia32, typescript.steps.registry],
  [...(everything ? [undefinedBehaviour] : []), staticAnalysis, fuzzing],
];

function chosenLanes(args) {
  if (args.length === 0) return lanes;
  const names = args.length === 2 ? args[1].split(',') : [];
  const known = lanes.flat().map(({ name }) => name);
  if (names.length === 0 || names.some((name) => !known.includes(name)))
    throw new Error(`${USAGE}\nsteps: ${known.join(', ')}`);
  return lanes.map((lane) => lane.filter(({ name }) => names.includes(name))).filter((lane) => lane.length > 0);
}

async function runStep({ title, run }) {
  console.log(`-- begins: ${title}`);
  return printedWhole(async () => {
    print(`\n== ${title}\n`);
    const begin = Date.now();
    let counts;
    try {
      counts = await run({ everything });
    } catch (error) {
      print(`not ok: ${error.stack}`);
      counts = { ...none(), failed: 1 };
    }
    print(`\n   ${title}: ${inWords(counts)} (${((Date.now() - begin) / 1000).toFixed(0)} s)\n`);
    return counts;
  });
}

async function runLane(steps) {
  const counts = [];
  for (const step of steps) counts.push(await runStep(step));
  return sum(counts);
}

async function runSteps(args) {
  const chosen = chosenLanes(args);
  await ensureSetup();
  const built = await checked('builds', build);
  return sum([{ ...built, passed: 0 }, ...(await Promise.all(chosen.map(runLane)))]);
}

try {
  const args = process.argv.slice(2);
  const total = args.length === 0 || args[0] === '--only' ? await runSteps(args) : await runChosen(args);
  console.log(`\n${inWords(total)}`);
  process.exitCode = total.failed === 0 ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = error.message.startsWith('usage') ? 2 : 1;
}
