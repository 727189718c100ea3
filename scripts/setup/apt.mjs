/** How apt is asked for the packages of one suite alone, whatever else the machine's own lists name. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolchain } from '../paths.mjs';
import { runCommand } from '../run-command.mjs';

/** Where apt keeps what it loads for one purpose; it can be deleted at any time. */
export function aptFolder(purpose) {
  return join(toolchain, 'apt', purpose);
}

/** The name of this machine's own suite, such as `bookworm`. */
export function debianCodename() {
  const name = /^VERSION_CODENAME=(.+)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1]?.trim();
  if (name === undefined) throw new Error('/etc/os-release names no VERSION_CODENAME: is this Debian?');
  return name;
}

/**
 * Options with which apt knows the main part of a suite alone, from the machine's own mirror.
 *
 * @param {string} folder for its lists and what it downloads
 * @param {string} suite
 * @param {readonly string[]} [architectures] other than the machine's own
 */
export function mainSuiteAlone(folder, suite, architectures = []) {
  for (const part of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(folder, part), { recursive: true });
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const all = architectures.length === 0 ? [] : ['amd64', ...architectures];
  const attributes = [
    ...(all.length === 0 ? [] : [`arch=${all.join(',')}`]),
    ...(existsSync(keyring) ? [`signed-by=${keyring}`] : []),
  ];
  const list = join(folder, 'sources.list');
  writeFileSync(list, `deb ${attributes.length === 0 ? '' : `[${attributes.join(' ')}] `}${mirror()} ${suite} main\n`);
  return [
    `Dir::Etc::sourcelist=${list}`,
    'Dir::Etc::sourceparts=/dev/null',
    `Dir::State::Lists=${join(folder, 'lists')}`,
    `Dir::Cache=${join(folder, 'cache')}`,
    'Acquire::Languages=none',
    ...all.map((architecture) => `APT::Architectures::=${architecture}`),
  ].flatMap((option) => ['-o', option]);
}

/**
 * Downloads packages of a suite, without what they depend on and without installing them.
 *
 * @param {{ suite: string, packages: readonly string[], folder: string, architectures?: readonly string[], log: string }} what
 *   `folder`: an empty one, which also keeps apt's lists
 * @returns {Promise<string[]>} the paths of the packages' files
 */
export async function downloadPackages({ suite, packages, folder, architectures = [], log }) {
  const status = join(folder, 'status');
  writeFileSync(status, '');
  const apt = [
    ...['-q', '-o', 'Acquire::Retries=3', '-o', `Dir::State::status=${status}`, '-o', 'APT::Sandbox::User=root'],
    ...mainSuiteAlone(join(folder, 'apt'), suite, architectures),
  ];
  await runCommand('apt-get', ['update', ...apt], { log });
  await runCommand('apt-get', ['download', ...apt, ...packages], { cwd: folder, log });
  return readdirSync(folder)
    .filter((name) => name.endsWith('.deb'))
    .map((name) => join(folder, name));
}

/** The address that apt itself has for the main part of this machine's suite. */
function mirror() {
  const suite = debianCodename();
  const format = '$(REPO_URI) $(RELEASE) $(CODENAME) $(COMPONENT)';
  const { stdout } = spawnSync('apt-get', ['indextargets', '--format', format], { encoding: 'utf8' });
  for (const line of (stdout ?? '').split('\n')) {
    const fields = line.split(' ');
    if (fields.at(-1) === 'main' && fields.slice(1, -1).includes(suite)) return fields[0];
  }
  throw new Error(`apt knows no mirror of Debian's suite ${suite}: see /etc/apt/sources.list and sources.list.d`);
}
