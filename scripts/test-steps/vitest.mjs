/** Runs Vitest, inside Windows Node or on the host, and counts what it did. */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildDirectory, onWindows, root } from '../paths.mjs';
import { runCommand } from '../run-command.mjs';
import { windowsNodeCommand } from '../windows-program.mjs';
import { none } from './counts.mjs';
import { print, write } from './output.mjs';

/** So long after it has written its results Vitest may take to end. */
const END_MS = 30_000;

/**
 * @param {string} name of the run: its results are kept in build/test-results/NAME.json
 * @param {readonly string[]} args for Vitest: which files
 * @param {{ node?: string, onHost?: boolean, env?: NodeJS.ProcessEnv }} options `node`: the major version of Windows Node;
 *   `onHost`: in the Node that runs this, instead
 */
export async function runVitest(name, args, { node, onHost = false, env = process.env } = {}) {
  const results = join(buildDirectory, 'test-results', `${name}.json`);
  mkdirSync(join(buildDirectory, 'test-results'), { recursive: true });
  rmSync(results, { force: true });
  const report = ['--reporter=default', '--reporter=json', `--outputFile.json=build/test-results/${name}.json`];
  const all = ['node_modules/vitest/vitest.mjs', 'run', ...report, ...args];
  const program = onHost ? hostCommand(all, env) : windowsNodeCommand(all, { node, bridged: !onWindows, env });
  // Under Wine, Vitest now and then misses the end of a worker that has ended, and waits for it for ever: what it has
  // written by then is whole. Killed so, it has no exit code, and an error outside of any test is known by what it printed.
  const isOver = () => existsSync(results) && Date.now() - statSync(results).mtimeMs > END_MS;
  const options = { cwd: root, env: program.env, show: write, accept: null, isOver };
  const { code, output } = await runCommand(program.command, program.args, options);
  return countsOf(results, code ?? (output.includes('unhandled error') ? 1 : 0));
}

/** Vitest is made for Node 22; of what that has, Node 20 lacks one function. */
function hostCommand(args, env) {
  const missing = pathToFileURL(join(root, 'scripts', 'test-steps', 'map-group-by.mjs')).href;
  return { command: process.execPath, args: ['--import', missing, ...args], env };
}

/** A file that cannot be loaded, or an error outside of any test, fails the run without failing a test: it counts as one. */
function countsOf(results, code) {
  const counts = none();
  try {
    const report = JSON.parse(readFileSync(results, 'utf8'));
    counts.passed = report.numPassedTests;
    counts.failed = report.numFailedTests + report.testResults.filter(isBroken).length;
    counts.skipped = report.numPendingTests + report.numTodoTests;
    for (const { name, why } of report.testResults.flatMap(skippedOf)) print(`skipped ${name}${why}`);
  } catch (error) {
    print(`not ok: Vitest has left no results: ${error.message}`);
    counts.failed = 1;
  }
  if (code !== 0 && counts.failed === 0) {
    print(`not ok: Vitest ended with exit code ${code} although no test failed`);
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
