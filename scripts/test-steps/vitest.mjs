/** Runs Vitest inside Windows Node and counts what it did. */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildDirectory, onWindows, root } from '../paths.mjs';
import { runCommand } from '../run-command.mjs';
import { windowsNodeCommand } from '../windows-program.mjs';
import { none } from './counts.mjs';

/**
 * @param {string} name of the run: its results are kept in build/test-results/NAME.json
 * @param {readonly string[]} args for Vitest: which files
 * @param {NodeJS.ProcessEnv} [environment]
 */
export async function runVitest(name, args, environment = process.env) {
  const results = join(buildDirectory, 'test-results', `${name}.json`);
  mkdirSync(join(buildDirectory, 'test-results'), { recursive: true });
  rmSync(results, { force: true });
  const report = ['--reporter=default', '--reporter=json', `--outputFile.json=build/test-results/${name}.json`];
  const script = 'node_modules/vitest/vitest.mjs';
  const options = { bridged: !onWindows, env: environment };
  const { command, args: all, env } = windowsNodeCommand([script, 'run', ...report, ...args], options);
  // Under Wine, Vitest now and then misses the end of a worker that has ended, and waits for it for ever: what it has
  // written by then is whole. Killed so, it has no exit code, and an error outside of any test is known by what it printed.
  const isOver = () => existsSync(results) && Date.now() - statSync(results).mtimeMs > kEndMs;
  const { code, output } = await runCommand(command, all, { cwd: root, env, show: true, accept: null, isOver });
  return countsOf(results, code ?? (output.includes('unhandled error') ? 1 : 0));
}

const kEndMs = 30_000;

/** A file that cannot be loaded, or an error outside of any test, fails the run without failing a test: it counts as one. */
function countsOf(results, code) {
  const counts = none();
  try {
    const report = JSON.parse(readFileSync(results, 'utf8'));
    counts.passed = report.numPassedTests;
    counts.failed = report.numFailedTests + report.testResults.filter(isBroken).length;
    counts.skipped = report.numPendingTests + report.numTodoTests;
    for (const { name, why } of report.testResults.flatMap(skippedOf)) console.log(`skipped ${name}${why}`);
  } catch (error) {
    console.log(`not ok: Vitest has left no results: ${error.message}`);
    counts.failed = 1;
  }
  if (code !== 0 && counts.failed === 0) {
    console.log(`not ok: Vitest ended with exit code ${code} although no test failed`);
    counts.failed = 1;
  }
  return counts;
}

function isBroken(file) {
  return file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed');
}

function skippedOf(file) {
  return file.assertionResults
    .filter(({ status }) => ['pending', 'skipped', 'todo', 'disabled'].includes(status))
    .map(({ fullName, meta }) => ({ name: fullName, why: typeof meta?.note === 'string' ? `: ${meta.note}` : '' }));
}
