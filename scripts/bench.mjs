/**
 * `npm run bench [-- --only PART,...] [-- --document]`: builds what is to be measured and what it is measured against, and
 * runs test/bench/bench.mjs in Windows Node. Takes ten minutes.
 */
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, cmakeBuild } from './build.mjs';
import { exclusively } from './exclusive.mjs';
import { buildDirectory, nodeModule, onWindows, root, toolchain } from './paths.mjs';
import { runCommand } from './run-command.mjs';
import { runWindowsNode } from './run-windows-node.mjs';
import { runNpm } from './setup/npm-packages.mjs';
import { ensureStep, isDone, keyOf } from './setup/step.mjs';
import { ensureSetup } from './setup.mjs';
import { windowsPath } from './windows-program.mjs';

/** The version that the figures of docs/performance.md were measured with. */
const NODE = onWindows ? undefined : '22';
const arch = onWindows ? process.arch : 'x64';
const folder = join(root, 'test', 'bench');
const koffi = join(toolchain, 'koffi');

/** koffi, with its binary for Windows: nothing but the benchmark needs it, so it is no dependency. */
async function ensureKoffi() {
  const source = join(folder, 'koffi');
  const files = ['package.json', 'package-lock.json'];
  const step = {
    title: 'koffi for the benchmark',
    usual: '5 s',
    folder: koffi,
    key: keyOf(...files.map((name) => readFileSync(join(source, name), 'utf8'))),
    holds: [join(koffi, 'node_modules', 'koffi')],
    make: async (log) => {
      for (const name of files) copyFileSync(join(source, name), join(koffi, name));
      const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
      await runNpm(['ci', '--os=win32', `--cpu=${arch}`, ...quiet], koffi, log);
    },
  };
  if (!isDone(step)) await exclusively('setup', () => ensureStep(step));
}

/** @returns {Promise<string>} the path of the benchmark's own addon */
async function buildClient() {
  if (!onWindows) {
    await cmakeBuild(arch, ['bench']);
    return join(buildDirectory, arch, 'bench', 'bench.node');
  }
  const client = join(folder, 'client');
  const gyp = nodeModule('node-gyp', 'bin', 'node-gyp.js');
  await runCommand(process.execPath, [gyp, 'rebuild', '-C', client, `--arch=${arch}`, '--release'], { cwd: root });
  return join(client, 'build', 'Release', 'bench.node');
}

try {
  await ensureSetup();
  await ensureKoffi();
  await build();
  const addon = await buildClient();
  const env = {
    ...process.env,
    MAPISYNC_BENCH_ADDON: windowsPath(addon),
    MAPISYNC_BENCH_KOFFI: windowsPath(koffi),
  };
  const script = windowsPath(join(folder, 'bench.mjs'));
  process.exitCode = await runWindowsNode([script, ...process.argv.slice(2)], { arch, node: NODE, env, cwd: root });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
