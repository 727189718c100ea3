/** The Windows builds of Node.js, from npm packages that carry `node.exe`. Their versions are in tools/windows-node. */
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, toolchain } from '../paths.mjs';
import { runNpm } from './npm-packages.mjs';
import { keyOf } from './step.mjs';

const source = join(root, 'tools', 'windows-node');
const files = ['package.json', 'package-lock.json'];
const folder = join(toolchain, 'windows-node');

/** The major versions of each architecture, oldest first; the last one is what runs where none is asked for. */
export const nodeVersions = versionsIn(JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')).dependencies);

function versionsIn(packages) {
  const versions = { x64: [], ia32: [] };
  for (const name of Object.keys(packages).sort()) {
    const [, version, arch] = name.split('-');
    versions[arch].push(version);
  }
  return versions;
}

/** @param {'x64' | 'ia32'} arch @param {string} [version] @returns {string} the path of node.exe on this machine */
export function windowsNode(arch, version = nodeVersions[arch].at(-1)) {
  return join(folder, 'node_modules', `node-${version}-${arch}`, 'bin', 'node.exe');
}

export function windowsNodeStep() {
  return {
    title: `Windows Node.js ${nodeVersions.x64.join(', ')} (x64) and ${nodeVersions.ia32.join(', ')} (ia32)`,
    usual: '20 s',
    folder,
    key: keyOf(...files.map((name) => readFileSync(join(source, name), 'utf8'))),
    holds: Object.entries(nodeVersions).flatMap(([arch, versions]) =>
      versions.map((version) => windowsNode(arch, version)),
    ),
    make: async (log) => {
      for (const name of files) copyFileSync(join(source, name), join(folder, name));
      // --force: they say, rightly, that they are for Windows.
      await runNpm(['ci', '--force', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], folder, log);
    },
  };
}
