/**
 * The Debian packages that building and running Windows programs takes. Run as a program (`node
 * scripts/setup/debian-packages.mjs`, as root) it installs them and does nothing else.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exclusively } from '../exclusive.mjs';
import { root, toolchain } from '../paths.mjs';
import { runCommand } from '../run-command.mjs';
import { announced } from './step.mjs';

const kAlways = [
  'wine',
  'wine64',
  'libwine',
  'g++-mingw-w64-x86-64-posix',
  'g++-mingw-w64-i686-posix',
  'g++',
  'clang',
  'clang-format',
  'clang-tidy',
  'libclang-rt-14-dev',
  'cmake',
  'ninja-build',
];
const kFor32Bit = 'wine32:i386';

/** Says that the 32-bit Wine could not be had, so that not every run tries again. `npm run setup` does. */
const without32Bit = join(toolchain, 'without-wine32');
const kTryAgainMs = 24 * 60 * 60 * 1000;

/** Debian's 32-bit Wine. */
export const wine32 = '/usr/lib/wine/wine';

export async function ensureDebianPackages() {
  const missing = missingPackages();
  if (missing.length === 0) return;
  if (!existsSync('/usr/bin/apt-get')) {
    throw new Error(
      `This set-up knows Debian and Windows. Install what corresponds to these packages: ${missing.join(', ')}`,
    );
  }
  console.error(`Debian packages to install: ${missing.join(' ')}`);
  if (process.getuid() !== 0) {
    throw new Error(
      `Installing them takes root. Run this, then try again:\n\n` +
        `  sudo ${process.execPath} ${fileURLToPath(import.meta.url)}\n`,
    );
  }
  await exclusively('setup', () => announced('Debian packages', '2 minutes', install));
}

function wantedPackages() {
  const gaveUp = existsSync(without32Bit) && Date.now() - statSync(without32Bit).mtimeMs < kTryAgainMs;
  return gaveUp ? kAlways : [...kAlways, kFor32Bit];
}

function missingPackages() {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query fills in the places
  const format = '${Package}:${Architecture} ${db:Status-Status}\n';
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', format], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const installed = new Set();
  for (const line of (stdout ?? '').split('\n')) {
    const [name, status] = line.split(' ');
    if (status !== 'installed') continue;
    installed.add(name);
    if (!name.endsWith(':i386')) installed.add(name.slice(0, name.lastIndexOf(':')));
  }
  return wantedPackages().filter((name) => !installed.has(name));
}

async function install(log) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
  const run = (command, args) => runCommand(command, args, { env, log });
  // An earlier run may have been interrupted between unpacking and configuring.
  await run('dpkg', ['--configure', '-a']);
  const mainSuite = privateLists();
  const attempts = [];
  if (wantedPackages().includes(kFor32Bit)) {
    const had32 = spawnSync('dpkg', ['--print-foreign-architectures'], { encoding: 'utf8' }).stdout.includes('i386');
    await run('dpkg', ['--add-architecture', 'i386']);
    attempts.push({ lists: mainSuite, bits32: true }, { lists: [], bits32: true });
    // A foreign architecture that nothing uses would make every later `apt-get update` of this machine load its lists.
    if (!had32)
      attempts.push({ before: () => run('dpkg', ['--remove-architecture', 'i386']), lists: mainSuite, bits32: false });
  }
  attempts.push({ lists: mainSuite, bits32: false }, { lists: [], bits32: false });
  let failure;
  for (const { before, lists, bits32 } of attempts) {
    try {
      await before?.();
      await run('apt-get', ['update', '-q', ...kPatience, ...lists]);
      const names = bits32 ? [...kAlways, kFor32Bit] : kAlways;
      await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...kPatience, ...lists, ...names]);
      if (bits32) rmSync(without32Bit, { force: true });
      else if (wantedPackages().includes(kFor32Bit)) {
        writeFileSync(without32Bit, `${failure?.message}\n`);
        process.stderr.write(`(without ${kFor32Bit}, which could not be had: ia32 is built, not run) `);
      }
      return;
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/** Lets the next run try again to get what an earlier one could not. */
export function forgetMissing32Bit() {
  rmSync(without32Bit, { force: true });
}

const kPatience = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];

/**
 * Options that make apt use a sources list of ours with Debian's main suite alone, from the machine's own mirror. The
 * i386 list of the security suite is at times not what its index says, which fails a whole update.
 */
function privateLists() {
  return aptWithSuite(debianCodename());
}

export function debianCodename() {
  return /^VERSION_CODENAME=(.+)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1]?.trim() ?? 'bookworm';
}

/** @param {string} suite such as `bookworm` @returns {string[]} options that show apt the main part of that suite alone */
export function aptWithSuite(suite) {
  const folder = join(toolchain, 'apt', suite);
  for (const part of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(folder, part), { recursive: true });
  const list = join(folder, 'sources.list');
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const signedBy = existsSync(keyring) ? `[signed-by=${keyring}] ` : '';
  writeFileSync(list, `deb ${signedBy}${mirrorOf(debianCodename())} ${suite} main\n`);
  return [
    ['Dir::Etc::sourcelist', list],
    ['Dir::Etc::sourceparts', '/dev/null'],
    ['Dir::State::Lists', join(folder, 'lists')],
    ['Dir::Cache', join(folder, 'cache')],
  ].flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

function mirrorOf(codename) {
  const format = '$(REPO_URI) $(RELEASE) $(COMPONENT)';
  const { stdout } = spawnSync('apt-get', ['indextargets', '--format', format], { encoding: 'utf8' });
  for (const line of (stdout ?? '').split('\n')) {
    const [uri, release, component] = line.split(' ');
    if (release === codename && component === 'main') return uri;
  }
  return 'http://deb.debian.org/debian';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await ensureDebianPackages();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
  // Under sudo, what was written into the checkout still belongs to whoever owns it.
  const { uid, gid } = statSync(root);
  if (process.getuid() === 0 && existsSync(toolchain)) spawnSync('chown', ['-R', `${uid}:${gid}`, toolchain]);
}
