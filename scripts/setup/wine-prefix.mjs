/** The Windows that programs see: a Wine prefix of this checkout's own, and the launcher that gives them pipes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, toolchain } from '../paths.mjs';
import { runCommand } from '../run-command.mjs';
import { keyOf } from './step.mjs';
import { wine, wineserver } from './wine.mjs';

export const prefix = join(toolchain, 'wine-prefix');

/** The launcher's path, see tools/launcher. It starts programs of both architectures. */
export const launcher = join(toolchain, 'launcher', 'launcher.exe');

/** The environment of every program under this Wine. */
export function wineEnvironment(env = process.env) {
  const { DISPLAY: _x11, WAYLAND_DISPLAY: _wayland, WINEARCH: _arch, WINELOADER: _loader, ...rest } = env;
  return {
    ...rest,
    WINEPREFIX: prefix,
    WINESERVER: wineserver,
    // For tests that change the machine's registry: this one is the project's own.
    MAPISYNC_WINE_PREFIX: 'own',
    // Wine's console counts control sequences as text: the command must know it to keep its live lines whole.
    MAPISYNC_CONSOLE_COUNTS_CONTROL_SEQUENCES: env.MAPISYNC_CONSOLE_COUNTS_CONTROL_SEQUENCES ?? '1',
    WINEDEBUG: env.MAPISYNC_WINEDEBUG ?? '-all',
    // No offers to install Mono or Gecko.
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
    // Wine reads file names and arguments in the locale's encoding.
    LC_ALL: 'C.UTF-8',
  };
}

export function launcherStep() {
  const source = join(root, 'tools', 'launcher', 'launcher.cpp');
  return {
    title: 'Launcher for pipes',
    usual: '2 s',
    folder: join(toolchain, 'launcher'),
    key: keyOf(readFileSync(source, 'utf8')),
    holds: [launcher],
    make: async (log) => {
      const options = ['-std=c++20', '-Os', '-Wall', '-Wextra', '-Werror', '-static', '-s', '-municode', '-DUNICODE'];
      await runCommand('x86_64-w64-mingw32-g++-posix', [...options, '-o', launcher, source], { log });
    },
  };
}

export function winePrefixStep() {
  return {
    title: 'Wine prefix',
    usual: '10 s',
    folder: prefix,
    key: keyOf(wine),
    holds: [join(prefix, 'system.reg')],
    discard: stopWine,
    make: async (log) => {
      await runCommand(wine, ['wineboot.exe', '-i'], { env: wineEnvironment(), log });
      // The prefix's last program has ended then, and its registry is written.
      await runCommand(wineserver, ['-w'], { env: wineEnvironment(), log });
    },
  };
}

/** Ends whatever still runs in the prefix. Exit code 1: nothing did. */
export async function stopWine() {
  await runCommand(wineserver, ['-k'], { env: wineEnvironment(), accept: [0, 1, 2] });
}
