/**
 * Wine 10, unpacked into the checkout: it is not installed, and Debian 12, whose own Wine is 8, runs it too. It consists of
 * 64-bit Linux programs alone, and runs 32-bit Windows programs in its WoW64 mode.
 *
 * Its packages are those of Debian 13. They bring their own C library: on Debian 12 the machine's is too old for them.
 */
import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { toolchain } from '../paths.mjs';
import { runCommand } from '../run-command.mjs';
import { downloadPackages } from './apt.mjs';
import { keyOf } from './step.mjs';

const SUITE = 'trixie';
/**
 * What a console program takes: nothing for windows on a screen, sound or printers. The second line is FreeType, without which
 * every start complains.
 */
const PACKAGES = [
  ...['wine64', 'libwine', 'libc6', 'libgcc-s1', 'libunwind8', 'liblzma5'],
  ...['libfreetype6', 'libpng16-16t64', 'libbrotli1', 'libbz2-1.0', 'zlib1g'],
].map((name) => `${name}:amd64`);
const FOR_ALL = 'libz-mingw-w64';
/** Of this package the 32-bit Windows DLLs alone are used. */
const FOR_IA32 = 'libwine:i386';

const folder = join(toolchain, 'wine-10');
const unpacked = join(folder, 'root');
const programs = join(unpacked, 'usr', 'lib', 'wine');
const libraries = join(unpacked, 'usr', 'lib', 'x86_64-linux-gnu');

export const wine = join(programs, 'wine64');
export const wineserver = join(programs, 'wineserver');

/** The folders of Wine's DLLs, and the prefix of the tools that know their format. */
const dlls = {
  'x86_64-windows': 'x86_64-w64-mingw32',
  'i386-windows': 'i686-w64-mingw32',
};

/** @param {Promise<void>} tools settles when the Debian packages are installed, of which the last part needs some */
export function wineStep(tools = Promise.resolve()) {
  return {
    title: 'Wine 10',
    usual: '40 s',
    folder,
    // The folder's own path stands in the programs.
    key: keyOf(folder, SUITE, ...PACKAGES, FOR_ALL, FOR_IA32, 'stripped, with tables of characters'),
    holds: [wine, wineserver],
    make: async (log) => {
      const packages = join(folder, 'packages');
      mkdirSync(packages);
      const names = [...PACKAGES, FOR_ALL, FOR_IA32];
      const what = { suite: SUITE, packages: names, folder: packages, architectures: ['i386'] };
      await unpack(await downloadPackages({ ...what, log }), packages, log);
      rmSync(packages, { recursive: true });
      await tools;
      await useOwnLibraries(log);
      await completeDlls(log);
    },
  };
}

async function unpack(files, packages, log) {
  mkdirSync(unpacked);
  const ia32 = files.find((file) => file.endsWith('_i386.deb'));
  for (const file of files.filter((name) => name !== ia32))
    await runCommand('dpkg-deb', ['--extract', file, unpacked], { log });
  const inPackage = './usr/lib/i386-linux-gnu/wine/i386-windows';
  const extract = 'dpkg-deb --fsys-tarfile "$0" | tar -x -C "$1" "$2"';
  await runCommand('sh', ['-c', extract, ia32, packages, inPackage], { log });
  const place = join(libraries, 'wine', 'i386-windows');
  rmSync(place, { recursive: true, force: true });
  renameSync(join(packages, inPackage), place);
}

/**
 * Makes Wine's programs load their own C library. It must be an RPATH in the programs: an environment variable would reach
 * the machine's programs that Wine starts.
 */
async function useOwnLibraries(log) {
  const loader = join(libraries, 'ld-linux-x86-64.so.2');
  const server = join(programs, 'wineserver64');
  for (const program of [wine, server])
    await runCommand('patchelf', ['--force-rpath', '--set-interpreter', loader, '--set-rpath', libraries, program], {
      log,
    });
  // Wine looks for a server of this name first; Debian's is a shell script.
  rmSync(wineserver, { force: true });
  copyFileSync(server, wineserver);
  // Beside itself, Debian's server looks for its tables of characters in share/wine/wine.
  symlinkSync('.', join(unpacked, 'usr', 'share', 'wine', 'wine'));
}

/** What Debian does when it installs the packages, and no debugging data, which is half of what they take. */
async function completeDlls(log) {
  for (const [name, tools] of Object.entries(dlls)) {
    const place = join(libraries, 'wine', name);
    const zlib = join(place, 'zlib1.dll');
    rmSync(zlib, { force: true }); // a link to where Debian installs it
    copyFileSync(join(unpacked, 'usr', tools, 'lib', 'zlib1.dll'), zlib);
    const files = readdirSync(place, { withFileTypes: true }).filter((entry) => entry.isFile());
    const names = files.map((entry) => entry.name);
    // It refuses the few files that are no programs, and goes on with the others.
    await runCommand(`${tools}-strip`, ['--strip-debug', ...names], { cwd: place, log, accept: [0, 1] });
    markAsBuiltIn(zlib);
  }
}

/** Wine takes a DLL out of its own folder only if it carries this mark. */
function markAsBuiltIn(dll) {
  const file = openSync(dll, 'r+');
  writeSync(file, Buffer.from('Wine builtin DLL'.padEnd(32, '\0')), 0, 32, 0x40);
  closeSync(file);
}
