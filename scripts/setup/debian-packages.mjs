/**
 * The Debian packages that building takes. Run as a program (`node scripts/setup/debian-packages.mjs`, as root) it installs
 * them and does nothing else.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { exclusively } from '../exclusive.mjs';
import { root, toolchain } from '../paths.mjs';
import { runCommand } from '../run-command.mjs';
import { aptFolder, debianCodename, mainSuiteAlone } from './apt.mjs';
import { announced } from './step.mjs';

const PACKAGES = [
  'g++-mingw-w64-x86-64-posix',
  'g++-mingw-w64-i686-posix',
  'g++',
  'clang',
  'clang-format',
  'clang-tidy',
  'libclang-rt-dev',
  'cmake',
  'ninja-build',
  'patchelf',
];

export async function ensureDebianPackages(packages = PACKAGES) {
  const missing = missingPackages(packages);
  if (missing.length === 0) return;
  console.error(`Debian packages to install: ${missing.join(' ')}`);
  await announced('Debian packages', '50 s', (log) => install(missing, log));
}

/** Throws where packages are missing that this process cannot install. */
export function requirePackagesOrRoot(packages = PACKAGES) {
  const missing = missingPackages(packages);
  if (missing.length === 0) return;
  if (!existsSync('/usr/bin/apt-get')) {
    throw new Error(
      `This set-up knows Debian and Windows. Install what corresponds to these packages: ${missing.join(', ')}`,
    );
  }
  if (process.getuid() !== 0) {
    throw new Error(
      `These Debian packages are missing: ${missing.join(' ')}\nInstalling them takes root. Run this, then try again:\n\n` +
        `  sudo ${process.execPath} ${fileURLToPath(import.meta.url)} ${packages === PACKAGES ? '' : packages.join(' ')}\n`,
    );
  }
}

export function debianPackagesAreThere(packages = PACKAGES) {
  return missingPackages(packages).length === 0;
}

function missingPackages(packages) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query fills in the places
  const format = '${Package} ${db:Status-Status}\n';
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', format, ...packages], { encoding: 'utf8' });
  const lines = (stdout ?? '').split('\n');
  return packages.filter((name) => !lines.includes(`${name} installed`));
}

async function install(packages, log) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
  const run = (command, args) => runCommand(command, args, { env, log });
  // An earlier run may have been interrupted between unpacking and configuring.
  await run('dpkg', ['--configure', '-a']);
  // The main suite has all of them, and its lists are loaded in seconds; the machine's own lists are the second choice.
  const attempts = [() => mainSuiteAlone(aptFolder('debian'), debianCodename()), () => []];
  let failure;
  for (const options of attempts) {
    try {
      const apt = ['-q', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3', ...options()];
      await run('apt-get', ['update', ...apt]);
      await run('apt-get', ['install', '-y', '--no-install-recommends', ...apt, ...packages]);
      await run('apt-get', ['clean', ...apt]);
      return;
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const chosen = process.argv.length > 2 ? process.argv.slice(2) : PACKAGES;
    requirePackagesOrRoot(chosen);
    await exclusively('setup', () => ensureDebianPackages(chosen));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
  // Under sudo, what was written into the checkout still belongs to whoever owns it.
  const { uid, gid } = statSync(root);
  if (process.getuid() === 0 && existsSync(toolchain)) spawnSync('chown', ['-R', `${uid}:${gid}`, toolchain]);
}
