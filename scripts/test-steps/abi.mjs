/** The declarations of the MAPI against Microsoft's, at compile time, for both bitnesses. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cmakeBuild } from '../build.mjs';
import { onWindows, root } from '../paths.mjs';
import { checked, skipped, sum } from './counts.mjs';

export const title = 'ABI test';
export const name = 'abi';

export async function run() {
  if (onWindows) return skipped('ABI test', "mingw-w64's compiler alone understands it");
  const facts = readFileSync(join(root, 'test', 'native', 'abi-facts.tsv'), 'utf8')
    .split('\n')
    .filter((line) => /^[^#\s]/.test(line));
  const counts = [];
  for (const arch of ['x64', 'ia32']) {
    counts.push(
      await checked(`${arch}: every declaration agrees with the ${facts.length} lines of facts`, () =>
        cmakeBuild(arch, ['abi_test']),
      ),
    );
  }
  return sum(counts);
}
