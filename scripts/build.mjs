/**
 * `npm run build [-- --native | --ts] [--arch x64|ia32]`: the binaries into prebuilds/, the JavaScript into dist/.
 * Only what has changed is compiled.
 */
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exclusively } from './exclusive.mjs';
import { buildDirectory, dist, nodeModule, onWindows, prebuilds, root } from './paths.mjs';
import { runCommand } from './run-command.mjs';
import { ensureSetup } from './setup.mjs';
import { write } from './test-steps/output.mjs';

export const binaries = ['mapisync.node', 'mapisync-sample.dll'];

/** The architectures that are built here. */
export const architectures = onWindows ? [process.arch] : ['x64', 'ia32'];

/** @param {{ native?: boolean, ts?: boolean, archs?: readonly string[] }} what everything, if nothing is said */
export async function build({ native = true, ts = true, archs = architectures } = {}) {
  const begin = Date.now();
  if (native)
    for (const arch of archs) await (onWindows ? exclusively('gyp', () => buildWithGyp(arch)) : cmakeBuild(arch));
  if (ts) await exclusively('typescript', buildTypeScript);
  process.stderr.write(`Built in ${((Date.now() - begin) / 1000).toFixed(1)} s.\n`);
}

/** Writes the build files of a preset of CMakePresets.json; what changes in CMake's own files the build itself notices. */
export async function cmakeConfigure(preset) {
  const folder = join(buildDirectory, preset);
  await exclusively(preset, async () => {
    const presets = join(root, 'CMakePresets.json');
    const buildFiles = join(folder, 'build.ninja');
    if (existsSync(buildFiles) && statSync(buildFiles).mtimeMs > statSync(presets).mtimeMs) return;
    // What an older or an interrupted configuration left behind may not be what this one wants.
    rmSync(folder, { recursive: true, force: true });
    await runCommand('cmake', ['--preset', preset], { cwd: root });
  });
  return folder;
}

/** Builds a preset; all of its targets, unless some are named. */
export async function cmakeBuild(preset, targets = []) {
  const folder = await cmakeConfigure(preset);
  const chosen = targets.length === 0 ? [] : ['--target', ...targets];
  await exclusively(preset, () => runCommand('cmake', ['--build', folder, ...chosen, '--', '-k0'], { cwd: root }));
}

async function buildWithGyp(arch) {
  const gyp = nodeModule('node-gyp', 'bin', 'node-gyp.js');
  const output = join(root, 'build', 'Release');
  const configured = existsSync(join(root, 'build', 'binding.sln'));
  const steps = configured ? ['build'] : ['configure', 'build'];
  for (const step of steps)
    await runCommand(process.execPath, [gyp, step, `--arch=${arch}`, '--release'], { cwd: root, show: write });
  mkdirSync(prebuilds(arch), { recursive: true });
  for (const name of binaries) cpSync(join(output, name), join(prebuilds(arch), name));
}

const SHARED = ['mapisync', 'testing/kit'];

/**
 * The declarations are tsc's, one a module. The JavaScript is bundled into a handful of files: loading two dozen modules
 * would cost a program several times what loading one does.
 */
async function buildTypeScript() {
  // Built beside its place: what runs from dist/ meanwhile goes on to find it whole.
  const fresh = join(buildDirectory, 'dist');
  rmSync(fresh, { recursive: true, force: true });
  await runCommand(
    process.execPath,
    [nodeModule('typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json', '--outDir', fresh],
    { cwd: root },
  );
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    cwd: root,
    platform: 'node',
    input: {
      index: 'src/index.ts',
      com: 'src/com.ts',
      'testing/index': 'src/testing/index.ts',
      'cli/main': 'src/cli/main.ts',
    },
    logLevel: 'warn',
  });
  try {
    await bundle.write({
      dir: fresh,
      format: 'esm',
      chunkFileNames: ({ name }) => (SHARED.includes(name) ? `${name}.js` : `cli/${name}.js`),
      // One shared file, so that `mapisync`, `mapisync/com` and the rest have one MapiError. A file lies as deep as its
      // sources do: from there they find prebuilds/ and package.json.
      codeSplitting: {
        groups: [
          { name: SHARED[0], test: /[\\/]src[\\/](?!cli[\\/]|testing[\\/])/ },
          { name: SHARED[1], test: /[\\/]src[\\/]testing[\\/]/ },
        ],
      },
    });
  } finally {
    await bundle.close();
  }
  rmSync(dist, { recursive: true, force: true });
  renameSync(fresh, dist);
}

function parse(args) {
  const what = {};
  for (let i = 0; i < args.length; i += 1) {
    if (args[i] === '--native') what.ts = false;
    else if (args[i] === '--ts') what.native = false;
    else if (args[i] === '--arch' && architectures.includes(args[i + 1])) what.archs = [args[++i]];
    else throw new Error('usage: npm run build [-- [--native | --ts] [--arch x64|ia32]]');
  }
  return what;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const what = parse(process.argv.slice(2));
    await ensureSetup();
    await build(what);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
