/** `npm run format [-- FILES...]`: formats TypeScript, JSON and C++, and makes the lint fixes that change no meaning. */
import { relative, resolve } from 'node:path';
import { nativeSources } from './native-sources.mjs';
import { nodeModule, root } from './paths.mjs';
import { runCommand } from './run-command.mjs';
import { ensureSetup } from './setup.mjs';
import { write } from './test-steps/output.mjs';

const NATIVE = /\.(c|cpp|h)$/;

try {
  await ensureSetup();
  const caller = process.env.INIT_CWD ?? process.cwd();
  const chosen = process.argv.slice(2).map((path) => relative(root, resolve(caller, path)));
  const native = chosen.length === 0 ? nativeSources() : chosen.filter((path) => NATIVE.test(path));
  const others = chosen.length === 0 ? ['.'] : chosen.filter((path) => !NATIVE.test(path));
  if (native.length > 0) await runCommand('clang-format', ['-i', ...native], { cwd: root, show: write });
  if (others.length > 0) {
    const biome = nodeModule('@biomejs', 'biome', 'bin', 'biome');
    await runCommand(process.execPath, [biome, 'check', '--write', ...others], { cwd: root, show: write });
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
