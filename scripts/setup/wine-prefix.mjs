/** The Windows that programs see: a Wine prefix of this checkout's own, and the launcher that gives them pipes. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, toolchain } from '../paths.mjs';
import { runCommand } from '../run-command.mjs';
import { wine32 } from './debian-packages.mjs';
import { kernelRuns32Bit } from './kernel-32-bit.mjs';
import { ensureStep, keyOf } from './step.mjs';

export const prefix = join(toolchain, 'wine');
export const wine64 = '/usr/lib/wine/wine64';
export const wineserver = '/usr/lib/wine/wineserver64';

const compilerOf = { x64: 'x86_64-w64-mingw32', ia32: 'i686-w64-mingw32' };

/** The environment of every program under this Wine. */
export function wineEnvironment(env = process.env) {
  const { DISPLAY: _x11, WAYLAND_DISPLAY: _wayland, ...rest } = env;
  return {
    ...rest,
    WINEPREFIX: prefix,
    // For tests that change the machine's registry: this one is the project's own.
    MAPISYNC_WINE_PREFIX: 'own',
    // Wine's console counts control sequences as text: the command must know it to keep its live lines whole.
    MAPISYNC_CONSOLE_COUNTS_CONTROL_SEQUENCES: env.MAPISYNC_CONSOLE_COUNTS_CONTROL_SEQUENCES ?? '1',
    WINEARCH: 'win64',
    WINEDEBUG: env.MAPISYNC_WINEDEBUG ?? '-all',
    // No offers to install Mono or Gecko.
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
    // Wine reads file names and arguments in the locale's encoding.
    LC_ALL: 'C.UTF-8',
  };
}

/** @param {'x64' | 'ia32'} arch @returns {string} the launcher's path, see tools/launcher */
export function launcher(arch) {
  return join(toolchain, 'launcher', `launcher-${arch}.exe`);
}

export async function ensureLauncher() {
  const source = join(root, 'tools', 'launcher', 'launcher.cpp');
  await ensureStep({
    title: 'Launcher for pipes',
    usual: '3 s',
    folder: join(toolchain, 'launcher'),
    key: keyOf(readFileSync(source, 'utf8')),
    make: async (log) => {
      for (const [arch, triple] of Object.entries(compilerOf)) {
        const options = ['-std=c++20', '-Os', '-Wall', '-Wextra', '-Werror', '-static', '-s', '-municode', '-DUNICODE'];
        await runCommand(`${triple}-g++-posix`, [...options, '-o', launcher(arch), source], { log });
      }
    },
  });
}

export async function ensureWinePrefix() {
  const runs32Bit = kernelRuns32Bit() && existsSync(wine32);
  const randomness = join(root, 'tools', 'wine', 'bcryptprimitives.c');
  await ensureStep({
    title: 'Wine prefix',
    usual: '30 s',
    folder: prefix,
    // A prefix that was made while one of the two Wines was missing stays of that kind.
    key: keyOf('win10', runs32Bit, readFileSync(randomness, 'utf8')),
    holds: [join(prefix, 'system.reg')],
    discard: stopWine,
    make: async (log) => {
      const run = (...args) => runCommand(wine64, args, { env: wineEnvironment(), log });
      await run('wineboot.exe', '-i');
      await waitForWine(log);
      // Node refuses to start on what Wine pretends to be by default.
      await run('winecfg.exe', '-v', 'win10');
      await waitForWine(log);
      const output = join(prefix, 'drive_c', 'windows', 'system32', 'bcryptprimitives.dll');
      const options = ['-Os', '-s', '-shared', '-nostdlib', '-Wl,--entry=0'];
      await runCommand(
        `${compilerOf.x64}-gcc-posix`,
        [...options, '-o', output, randomness, '-ladvapi32', '-lkernel32'],
        { log },
      );
    },
  });
}

/** Waits until the prefix's last program has ended and its registry is written. */
async function waitForWine(log) {
  await runCommand(wineserver, ['-w'], { env: wineEnvironment(), log });
}

/** Ends whatever still runs in the prefix. Exit code 1: nothing did. */
export async function stopWine() {
  await runCommand(wineserver, ['-k'], { env: wineEnvironment(), accept: [0, 1, 2] });
}
