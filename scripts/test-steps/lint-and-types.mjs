/** Formatters, linters and the TypeScript compiler's types. */
import { spawnSync } from 'node:child_process';
import { nativeSources } from '../native-sources.mjs';
import { nodeModule, onWindows, root } from '../paths.mjs';
import { runCommand } from '../run-command.mjs';
import { checked, skipped, sum } from './counts.mjs';

export const title = 'Lint and types';
export const name = 'lint';

export async function run() {
  const node = (...args) => runCommand(process.execPath, args, { cwd: root });
  const counts = [
    await checked('TypeScript and JSON are formatted and lint-free', () =>
      node(
        nodeModule('@biomejs', 'biome', 'bin', 'biome'),
        'ci',
        '--colors=off',
        '--error-on-warnings',
        '--max-diagnostics=200',
      ),
    ),
    await checked('types', () => node(nodeModule('typescript', 'bin', 'tsc'), '--noEmit')),
  ];
  counts.push(await formatOfCpp());
  return sum(counts);
}

async function formatOfCpp() {
  const check = 'C++ is formatted';
  if (onWindows) return skipped(check, "Debian's clang-format does it");
  if (spawnSync('clang-format', ['--version']).error !== undefined)
    return skipped(check, 'clang-format is not installed; `npm run setup` installs it');
  return checked(check, () => runCommand('clang-format', ['--dry-run', '-Werror', ...nativeSources()], { cwd: root }));
}
