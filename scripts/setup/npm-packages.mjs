/**
 * The development packages, for the host and for the Windows Node that runs the tests from the same node_modules.
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeModule, onWindows, root, toolchain } from '../paths.mjs';
import { runCommand } from '../run-command.mjs';
import { keyOf } from './step.mjs';

const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

export function npmPackagesStep() {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const windowsVariants = onWindows ? {} : windowsVariantsIn(JSON.parse(lock));
  const variantFolders = Object.keys(windowsVariants);
  return {
    title: 'npm packages',
    usual: '30 s',
    folder: nodeModule(),
    key: keyOf(lock, process.platform, process.arch),
    holds: [nodeModule('typescript'), nodeModule('vitest'), ...variantFolders.map((path) => join(root, path))],
    make: async (log) => {
      await runNpm(['ci', ...QUIET], root, log);
      if (variantFolders.length > 0) await addWindowsVariants(windowsVariants, log);
    },
  };
}

/**
 * Packages with native code come as one optional package a platform, of which npm installs the host's. Vitest needs
 * those of Windows as well when Windows Node runs it: the same versions, from the same lock file.
 */
function windowsVariantsIn(lock) {
  const entries = Object.entries(lock.packages).filter(
    ([path, entry]) =>
      entry.optional === true &&
      [entry.os].flat().includes('win32') &&
      [entry.cpu].flat().includes('x64') &&
      // Biome and the TypeScript compiler run on the host alone.
      !/^node_modules\/@(biomejs|typescript)\//.test(path),
  );
  return Object.fromEntries(entries);
}

/** npm prunes what is foreign to its platform, so they are installed elsewhere and copied. */
async function addWindowsVariants(variants, log) {
  const folder = join(toolchain, 'windows-variants');
  const dependencies = {};
  for (const [path, entry] of Object.entries(variants)) {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    dependencies[name] = entry.version;
  }
  const manifest = { name: 'mapisync-windows-variants', private: true, dependencies };
  const packages = { '': manifest };
  for (const [path, { dev: _dev, optional: _optional, ...entry }] of Object.entries(variants)) packages[path] = entry;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  writeFileSync(
    join(folder, 'package-lock.json'),
    JSON.stringify({ name: manifest.name, lockfileVersion: 3, requires: true, packages }, null, 2),
  );
  // --force: they say, rightly, that they are for Windows.
  await runNpm(['ci', ...QUIET, '--force'], folder, log);
  for (const path of Object.keys(variants)) cpSync(join(folder, path), join(root, path), { recursive: true });
}

/** npm as a program of its own: under `npm run` the settings of the outer npm (omit, prefix, ...) must not leak in. */
export async function runNpm(args, cwd, log) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(config|package|lifecycle)_/i.test(name)),
  );
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) await runCommand(process.execPath, [cli, ...args], { cwd, env, log });
  else await runCommand(onWindows ? 'npm.cmd' : 'npm', args, { cwd, env, log });
}
