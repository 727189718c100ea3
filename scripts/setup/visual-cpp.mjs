/**
 * What it takes to read the C++ as Visual C++ would: a newer clang, and in place of Microsoft's headers Wine's and those of
 * LLVM's C++ library. `npm run analyse` alone needs it.
 */
import { copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from '../exclusive.mjs';
import { toolchain } from '../paths.mjs';
import { runCommand } from '../run-command.mjs';
import { downloadPackages } from './apt.mjs';
import { debianPackagesAreThere, ensureDebianPackages, requirePackagesOrRoot } from './debian-packages.mjs';
import { ensureStep, isDone, keyOf } from './step.mjs';

/** Its packages' headers fit one another and Wine 10. */
const SUITE = 'trixie';
const PACKAGES = ['libwine-dev:amd64', 'libc++-19-dev:amd64'];
const COMPILER = ['clang-19'];

const folder = join(toolchain, 'visual-cpp');
const include = join(folder, 'include');

export const compiler = 'clang++-19';

/** The folders of the C++ library, of the C library and of Windows, in the order in which they are to be searched. */
export const headers = ['libc++', 'wine/msvcrt', 'wine/windows'].map((name) => join(include, name));

export async function ensureVisualCpp() {
  if (isDone(step) && debianPackagesAreThere(COMPILER)) return;
  await exclusively('setup', async () => {
    requirePackagesOrRoot(COMPILER);
    await ensureDebianPackages(COMPILER);
    await ensureStep(step);
  });
}

const step = {
  title: 'Headers in place of those of Visual C++',
  usual: '15 s',
  folder,
  key: keyOf(SUITE, ...PACKAGES, 'delayimp.h'),
  holds: headers,
  make: async (log) => {
    const packages = join(folder, 'packages');
    const unpacked = join(packages, 'unpacked');
    mkdirSync(unpacked, { recursive: true });
    const files = await downloadPackages({ suite: SUITE, packages: PACKAGES, folder: packages, log });
    for (const file of files) await runCommand('dpkg-deb', ['--extract', file, unpacked], { log });
    mkdirSync(include);
    renameSync(join(unpacked, 'usr', 'lib', 'llvm-19', 'include', 'c++', 'v1'), join(include, 'libc++'));
    renameSync(join(unpacked, 'usr', 'include', 'wine', 'wine'), join(include, 'wine'));
    // Wine has no header of delayed loading. The one of mingw-w64 declares the same.
    copyFileSync('/usr/share/mingw-w64/include/delayimp.h', join(include, 'wine', 'windows', 'delayimp.h'));
    rmSync(packages, { recursive: true });
  },
};
