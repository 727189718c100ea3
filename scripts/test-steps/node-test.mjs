/** Runs test files under Node's own test runner, in Windows Node on ia32, and counts what they did. See test/node-test. */
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { buildDirectory, nodeModule, onWindows, root } from '../paths.mjs';
import { runCommand } from '../run-command.mjs';
import { windowsNodeCommand } from '../windows-program.mjs';
import { none, sum } from './counts.mjs';
import { print, printedWhole, write } from './output.mjs';

/**
 * @param {readonly string[]} files from the project's root, with forward slashes
 * @param {{ env?: NodeJS.ProcessEnv }} options
 */
export async function runNodeTest(files, { env = process.env } = {}) {
  await compileTests();
  const queue = [...files];
  const counts = [];
  const worker = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift())
      counts.push(await printedWhole(() => runFile(file, env)));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return sum(counts);
}

async function compileTests() {
  const output = join(buildDirectory, 'node-test');
  rmSync(output, { recursive: true, force: true });
  const compiler = nodeModule('typescript', 'bin', 'tsc');
  const options = ['--noEmit', 'false', '--noCheck', '--target', 'es2022', '--rootDir', '.', '--outDir', output];
  await runCommand(process.execPath, [compiler, ...options], { cwd: root });
}

async function runFile(file, callerEnv) {
  const options = ['--disable-warning=ExperimentalWarning', '--test-force-exit', '--test-reporter=spec'];
  const all = [...options, '--import', './test/node-test/hooks.mjs', file];
  const { command, args, env } = windowsNodeCommand(all, { arch: 'ia32', bridged: !onWindows, env: callerEnv });
  print(`${file}:`);
  const { code, output } = await runCommand(command, args, { cwd: root, env, show: write, accept: null });
  return countsOf(output, code);
}

/** The reporter's last lines have the numbers: `ℹ pass 20`. */
function countsOf(output, code) {
  const number = (word) => Number(new RegExp(`^\\S+ ${word} (\\d+)\\s*$`, 'm').exec(output)?.[1] ?? 0);
  const counts = {
    ...none(),
    passed: number('pass'),
    failed: number('fail') + number('cancelled'),
    skipped: number('skipped') + number('todo'),
  };
  if (code !== 0 && counts.failed === 0) {
    print(`not ok: the tests ended with exit code ${code} although none failed`);
    counts.failed = 1;
  }
  if (code === 0 && counts.passed + counts.skipped === 0) {
    print('not ok: no test ran');
    counts.failed = 1;
  }
  return counts;
}
