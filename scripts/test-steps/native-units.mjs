/** The portable C++ on the host, under the address and undefined-behaviour sanitizers, and again under the thread sanitizer. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cmakeBuild } from '../build.mjs';
import { buildDirectory, onWindows } from '../paths.mjs';
import { runCommand } from '../run-command.mjs';
import { checked, none, skipped, sum } from './counts.mjs';

export const title = 'Native unit tests on the host, under sanitizers';
export const name = 'native';

const sanitizers = { asan: 'address, undefined behaviour', tsan: 'threads' };
const kMinutes = 60_000;

export async function run() {
  if (onWindows) return skipped('native unit tests', 'they are built by clang on Linux');
  const counts = [];
  for (const [preset, what] of Object.entries(sanitizers)) {
    const built = await checked(`${what}: builds`, () => cmakeBuild(preset));
    if (built.failed > 0) counts.push(built);
    const folder = join(buildDirectory, preset, 'tests');
    const tests = existsSync(folder) ? readdirSync(folder).sort() : [];
    for (const test of tests) counts.push(await runTest(join(folder, test), `${what}: ${test}`));
  }
  return sum(counts);
}

/** A test prints `ok NAME` and `not ok NAME: why`, and last `N passed, N failed`. */
async function runTest(program, label) {
  const begin = Date.now();
  const { code, output } = await runCommand(program, [], { accept: null, timeoutMs: 5 * kMinutes });
  const lines = output.trimEnd().split('\n');
  const totals = /^(\d+) passed, (\d+) failed$/.exec(lines.at(-1));
  const counts = { ...none(), passed: Number(totals?.[1] ?? 0), failed: Number(totals?.[2] ?? 0) };
  // A sanitizer's finding ends the program, or shows in its exit code alone.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  if (totals === null && code === 0) counts.failed = 1;
  const seconds = ((Date.now() - begin) / 1000).toFixed(1);
  if (counts.failed === 0) console.log(`ok ${label}: ${counts.passed} tests (${seconds} s)`);
  else console.log(`not ok ${label}: exit code ${code}\n${lines.filter((line) => !line.startsWith('ok ')).join('\n')}`);
  return counts;
}
