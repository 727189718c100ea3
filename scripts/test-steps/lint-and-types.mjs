/** Formatters, linters and the TypeScript compiler's types. */
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
  const cpp = [
    ['C++ is formatted', () => runCommand('clang-format', ['--dry-run', '-Werror', ...nativeSources()], { cwd: root })],
  ];
  for (const [check, work] of cpp)
    counts.push(onWindows ? skipped(check, "Debian's clang does it") : await checked(check, work));
  return sum(counts);
}
