/**
 * 32-bit Windows programs on a machine whose kernel executes no 32-bit programs: the 32-bit half of Wine runs in qemu's
 * user-mode emulator. Slower, and the same program to the last instruction.
 *
 * Debian 12's own qemu (7.2) cannot: its threads share one descriptor table, so every Wine program with a second thread
 * crashes. The one in bookworm-backports can; it is a static binary, which is downloaded and unpacked here, not installed.
 */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { toolchain } from '../paths.mjs';
import { runCommand } from '../run-command.mjs';
import { aptWithSuite, debianCodename, wine32 } from './debian-packages.mjs';
import { kernelRuns32Bit } from './kernel-32-bit.mjs';
import { ensureStep, keyOf } from './step.mjs';
import { wine64, wineEnvironment, wineserver } from './wine-prefix.mjs';

const folder = join(toolchain, 'ia32');
const qemu = join(folder, 'qemu-i386');
const loaders = join(folder, 'lib', 'wine');
const prefix = join(folder, 'prefix');
const loader64 = join(loaders, 'wine64');

/** How a 32-bit Windows program's command begins. */
export const emulated = [qemu, join(loaders, 'wine')];

/** Why the emulator is not there, until `npm run setup` or a day later tries again. */
const failure = join(toolchain, 'without-ia32-emulator');
const kTryAgainMs = 24 * 60 * 60 * 1000;

const step = {
  title: 'ia32 through qemu-user',
  usual: '1 minute',
  folder,
  key: keyOf('win10', 'qemu-user from backports'),
  holds: [qemu, join(prefix, 'system.reg')],
  discard: async () => {
    if (existsSync(prefix)) await runCommand(wineserver, ['-k'], { env: prefixEnvironment(), accept: [0, 1, 2] });
  },
  make: async (log) => {
    await unpackQemu(log);
    layOutWine();
    // The 64-bit Wine makes the prefix; only what fills syswow64 is emulated.
    for (const command of [
      ['wineboot.exe', '-i'],
      ['winecfg.exe', '-v', 'win10'],
    ]) {
      await runCommand(loader64, command, { env: prefixEnvironment(), log });
      await runCommand(wineserver, ['-w'], { env: prefixEnvironment(), log });
    }
  },
};

export async function ensureIa32Emulator() {
  if (kernelRuns32Bit() || !existsSync(wine32)) return;
  if (existsSync(failure) && Date.now() - statSync(failure).mtimeMs < kTryAgainMs) return;
  try {
    await ensureStep(step);
  } catch (error) {
    writeFileSync(failure, `${error.message}\n`);
    console.error(`${error.message}\nGoing on without: ia32 is built, not run, and its tests are skipped.`);
  }
}

export function forgetMissingEmulator() {
  rmSync(failure, { force: true });
}

/** Why there is no emulator, or null. */
export function whyNoEmulator() {
  return existsSync(failure) || !existsSync(qemu)
    ? 'this kernel does not execute 32-bit programs, and no emulator could be had'
    : null;
}

export function emulatorEnvironment(env) {
  // WINELOADERNOEXEC: Wine would start its loader a second time, through the kernel.
  return { ...prefixEnvironment(env), WINELOADERNOEXEC: '1' };
}

function prefixEnvironment(env = process.env) {
  const { WINELOADER: _loader, ...rest } = wineEnvironment(env);
  return { ...rest, WINEPREFIX: prefix, WINESERVER: wineserver };
}

async function unpackQemu(log) {
  const apt = aptWithSuite(`${debianCodename()}-backports`);
  const packages = join(folder, 'packages');
  mkdirSync(packages, { recursive: true });
  await runCommand('apt-get', ['update', '-q', '-o', 'Acquire::Retries=3', ...apt], { log });
  await runCommand('apt-get', ['download', '-q', ...apt, 'qemu-user'], { cwd: packages, log });
  const [name] = readdirSync(packages);
  await runCommand('dpkg-deb', ['--extract', join(packages, name), packages], { log });
  copyFileSync(join(packages, 'usr', 'bin', basename(qemu)), qemu);
  rmSync(packages, { recursive: true });
}

/**
 * A Wine of our own beside the emulator. Wine starts a child with `wine-preloader wine PROGRAM` if a wine-preloader lies
 * beside its loader, and Debian ships none: so a script of that name sends every 32-bit child through the emulator. The
 * loaders are copies, because Wine finds its libraries from where its loader really lies.
 */
function layOutWine() {
  mkdirSync(loaders, { recursive: true });
  mkdirSync(join(folder, 'share'), { recursive: true });
  copyFileSync(wine32, emulated[1]);
  copyFileSync(wine64, loader64);
  for (const libraries of ['i386-linux-gnu', 'x86_64-linux-gnu'])
    symlinkSync(`/usr/lib/${libraries}`, join(folder, 'lib', libraries));
  symlinkSync('/usr/share/wine', join(folder, 'share', 'wine'));
  const preloader = join(loaders, 'wine-preloader');
  writeFileSync(preloader, `#!/bin/sh\nexec '${qemu.replaceAll("'", "'\\''")}' "$@"\n`);
  chmodSync(preloader, 0o755);
}
