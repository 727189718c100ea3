/**
 * The native tests: the portable C++ on the host, under the address and undefined-behaviour sanitizers and again under the
 * thread sanitizer; what needs Windows, against the sample's DLL, in Windows.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cmakeBuild } from '../build.mjs';
import { buildDirectory, onWindows, prebuilds } from '../paths.mjs';
import { runCommand } from '../run-command.mjs';
import { whyNotRunnable, windowsCommand, windowsPath } from '../windows-program.mjs';
import { checked, none, skipped, sum } from './counts.mjs';

export const title = 'Native tests: on the host under sanitizers, then in Windows';
export const name = 'native';

const kTimeoutMs = 5 * 60_000;

export async function run() {
  if (onWindows) return skipped('native tests', 'clang and mingw-w64 build them, on Linux');
  const counts = [];
  const sanitizers = { asan: 'address, undefined behaviour', tsan: 'threads' };
  for (const [preset, what] of Object.entries(sanitizers)) {
    counts.push(...(await builtAndRun(preset, [], what, (program) => ({ command: program, args: [] }))));
  }
  for (const arch of ['x64', 'ia32']) {
    const why = whyNotRunnable(arch);
    const dll = windowsPath(join(prebuilds(arch), 'mapisync-sample.dll'));
    const start = (program) => windowsCommand([program, dll], { arch, bridged: true });
    if (why === null) counts.push(...(await builtAndRun(arch, ['windows_tests'], `Windows ${arch}`, start)));
    else counts.push(skipped(`Windows ${arch}: native tests`, why));
  }
  return sum(counts);
}

async function builtAndRun(preset, targets, what, start) {
  const counts = [];
  const built = await checked(`${what}: builds`, () => cmakeBuild(preset, targets));
  if (built.failed > 0) counts.push(built);
  const folder = join(buildDirectory, preset, 'tests');
  const tests = existsSync(folder) ? readdirSync(folder).sort() : [];
  for (const test of tests) counts.push(await runTest(start(join(folder, test)), `${what}: ${test}`));
  return counts;
}

/** A test prints `ok NAME` and `not ok NAME: why`, and last `N passed, N failed`. */
async function runTest({ command, args, env }, label) {
  const begin = Date.now();
  const { code, output } = await runCommand(command, args, { env, accept: null, timeoutMs: kTimeoutMs });
  const lines = output.trimEnd().split(/\r?\n/);
  const totals = /^(\d+) passed, (\d+) failed$/m.exec(output.replaceAll('\r', ''));
  const counts = { ...none(), passed: Number(totals?.[1] ?? 0), failed: Number(totals?.[2] ?? 0) };
  // A sanitizer's finding ends the program before its totals, or shows in its exit code alone.
  if ((code !== 0 || totals === null) && counts.failed === 0) counts.failed = 1;
  const seconds = ((Date.now() - begin) / 1000).toFixed(1);
  if (counts.failed === 0) console.log(`ok ${label}: ${counts.passed} tests (${seconds} s)`);
  else console.log(`not ok ${label}: exit code ${code}\n${lines.filter((line) => !line.startsWith('ok ')).join('\n')}`);
  return counts;
}
