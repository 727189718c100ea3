/**
 * The native tests: the portable C++ on the host, under the address and undefined-behaviour sanitizers and again under the
 * thread sanitizer; what needs Windows, against the sample's DLL, in Windows.
 */
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { cmakeBuild, cmakeConfigure } from '../build.mjs';
import { nativeSources } from '../native-sources.mjs';
import { buildDirectory, onWindows, prebuilds } from '../paths.mjs';
import { runCommand } from '../run-command.mjs';
import { windowsCommand, windowsPath } from '../windows-program.mjs';
import { checked, none, skipped, sum } from './counts.mjs';
import { print } from './output.mjs';

export const title = 'Native tests: on the host under sanitizers, then in Windows';
export const name = 'native';

const TIMEOUT_MS = 5 * 60_000;

const SANITIZERS = { tsan: 'threads', asan: 'address, undefined behaviour' };
const ARCHITECTURES = ['x64', 'ia32'];

export async function run() {
  if (onWindows) return skipped('native tests', 'clang and mingw-w64 build them, on Linux');
  const counts = [];
  const tests = [];
  for (const [preset, what] of Object.entries(SANITIZERS)) {
    counts.push(await builds(what, preset, []));
    tests.push(...testsOf(preset, what, onHost));
  }
  for (const arch of ARCHITECTURES) {
    const what = `Windows ${arch}`;
    counts.push(await builds(what, arch, ['windows_tests']));
    tests.push(...testsOf(arch, what, inWindows(arch)));
  }
  // The one that takes longest goes first; the others run beside it.
  const worker = async () => {
    for (let test = tests.shift(); test !== undefined; test = tests.shift()) counts.push(await runTest(test));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return sum(counts);
}

/**
 * Builds and runs one native test, wherever it has a target: under the sanitizers on the host, or in Windows.
 *
 * @param {string} name of test/native/NAME.cpp
 */
export async function runNativeTest(name) {
  const counts = [];
  const places = [
    ...Object.entries(SANITIZERS).map(([preset, what]) => ({ preset, what, start: onHost })),
    ...ARCHITECTURES.map((arch) => ({ preset: arch, what: `Windows ${arch}`, start: inWindows(arch), dll: 'sample' })),
  ];
  for (const { preset, what, start, dll } of places) {
    const folder = await cmakeConfigure(preset);
    const { output } = await runCommand('ninja', ['-C', folder, '-t', 'targets', 'all']);
    if (!output.includes(`\n${name}: phony`)) continue;
    counts.push(await builds(what, preset, dll === undefined ? [name] : [name, dll]));
    const program = programsOf(preset).find((file) => basename(file, '.exe') === name);
    if (program !== undefined) counts.push(await runTest(testOf(preset, what, start, program)));
  }
  if (counts.length === 0) throw new Error(`CMake has no target ${name}`);
  return sum(counts);
}

const onHost = (program) => ({ command: program, args: [] });
const inWindows = (arch) => (program) =>
  windowsCommand([program, windowsPath(join(prebuilds(arch), 'mapisync-sample.dll'))], { bridged: true });

/** Counts where it fails alone: it is no test. */
async function builds(what, preset, targets) {
  return { ...(await checked(`${what}: builds`, () => cmakeBuild(preset, targets))), passed: 0 };
}

function testsOf(preset, what, start) {
  return programsOf(preset).map((program) => testOf(preset, what, start, program));
}

function testOf(preset, what, start, program) {
  return { label: `${what}: ${program}`, ...start(join(buildDirectory, preset, 'tests', program)) };
}

/** What an older state of the sources has left in the folder is no test any more. */
function programsOf(preset) {
  const folder = join(buildDirectory, preset, 'tests');
  const sources = new Set(nativeSources().map((path) => basename(path, '.cpp')));
  return (existsSync(folder) ? readdirSync(folder).sort() : []).filter((file) => sources.has(basename(file, '.exe')));
}

/** A test prints `ok NAME` and `not ok NAME: why`, and last `N passed, N failed`. */
async function runTest({ label, command, args, env }) {
  const begin = Date.now();
  const { code, output } = await runCommand(command, args, { env, accept: null, timeoutMs: TIMEOUT_MS });
  const lines = output.trimEnd().split(/\r?\n/);
  const totals = /^(\d+) passed, (\d+) failed$/m.exec(output.replaceAll('\r', ''));
  const counts = { ...none(), passed: Number(totals?.[1] ?? 0), failed: Number(totals?.[2] ?? 0) };
  // A sanitizer's finding ends the program before its totals, or shows in its exit code alone.
  if ((code !== 0 || totals === null) && counts.failed === 0) counts.failed = 1;
  const seconds = ((Date.now() - begin) / 1000).toFixed(1);
  if (counts.failed === 0) print(`ok ${label}: ${counts.passed} tests (${seconds} s)`);
  else print(`not ok ${label}: exit code ${code}\n${lines.filter((line) => !line.startsWith('ok ')).join('\n')}`);
  return counts;
}
