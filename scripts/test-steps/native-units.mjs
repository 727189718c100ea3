/**
 * The native tests: the portable C++ on the host, under the address and undefined-behaviour sanitizers and again under the
 * thread sanitizer; what needs Windows, against the sample's DLL, in Windows.
 */
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
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
  const tests = [];
  const sanitizers = { tsan: 'threads', asan: 'address, undefined behaviour' };
  for (const [preset, what] of Object.entries(sanitizers)) {
    counts.push(await builds(what, preset, []));
    tests.push(...testsOf(preset, what, (program) => ({ command: program, args: [] })));
  }
  for (const arch of ['x64', 'ia32']) {
    const what = `Windows ${arch}`;
    const why = whyNotRunnable(arch);
    if (why !== null) {
      counts.push(skipped(`${what}: native tests`, why));
      continue;
    }
    counts.push(await builds(what, arch, ['windows_tests']));
    const dll = windowsPath(join(prebuilds(arch), 'mapisync-sample.dll'));
    tests.push(...testsOf(arch, what, (program) => windowsCommand([program, dll], { bridged: true })));
  }
  // The one that takes longest goes first; the others run beside it.
  const worker = async () => {
    for (let test = tests.shift(); test !== undefined; test = tests.shift()) counts.push(await runTest(test));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return sum(counts);
}

/** Counts where it fails alone: it is no test. */
async function builds(what, preset, targets) {
  return { ...(await checked(`${what}: builds`, () => cmakeBuild(preset, targets))), passed: 0 };
}

function testsOf(preset, what, start) {
  const folder = join(buildDirectory, preset, 'tests');
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return names.map((name) => ({ label: `${what}: ${name}`, ...start(join(folder, name)) }));
}

/** A test prints `ok NAME` and `not ok NAME: why`, and last `N passed, N failed`. */
async function runTest({ label, command, args, env }) {
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
