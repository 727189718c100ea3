/** The contract tests on ia32, where Vitest cannot start: see test/plain-runner. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { onWindows, root } from '../paths.mjs';
import { runCommand } from '../run-command.mjs';
import { whyNotRunnable, windowsNodeCommand } from '../windows-program.mjs';
import { none, skipped, sum } from './counts.mjs';

export const title = 'Contract tests in Windows Node, ia32';
export const name = 'ia32';

export async function run() {
  const folder = join('test', 'contract');
  const files = existsSync(join(root, folder))
    ? readdirSync(join(root, folder)).filter((file) => file.endsWith('.test.ts'))
    : [];
  const why = whyNotRunnable('ia32');
  if (why !== null) return sum(files.map((file) => skipped(`ia32: ${folder}/${file}`, why)));
  const counts = [];
  for (const file of files) {
    const runner = ['test/plain-runner/main.mjs', `test/contract/${file}`];
    const { command, args, env } = windowsNodeCommand(runner, { arch: 'ia32', bridged: !onWindows });
    const { code, output } = await runCommand(command, args, { cwd: root, env, show: true, accept: null });
    counts.push(countsOf(output, code));
  }
  return sum(counts);
}

function countsOf(output, code) {
  const totals = /^(\d+) passed, (\d+) failed, (\d+) skipped\s*$/m.exec(output);
  if (totals === null) {
    console.log(`not ok: the tests ended with exit code ${code}, before their totals`);
    return { ...none(), passed: (output.match(/^ok /gm) ?? []).length, failed: 1 };
  }
  const [passed, failed, skippedTests] = totals.slice(1).map(Number);
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, skipped: skippedTests };
}
