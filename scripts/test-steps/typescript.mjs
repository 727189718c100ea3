/**
 * The TypeScript tests, in Windows Node on x64: the contract tests among them, the command's not. Those of hostile
 * providers and sudden ends are being written: `npm run hostile`.
 */
import { runVitest } from './vitest.mjs';

export const title = 'TypeScript tests in Windows Node, x64';
export const name = 'typescript';

export function run() {
  return runVitest('typescript', [
    '--exclude',
    'test/cli/**',
    '--exclude',
    'test/hostile/**',
    '--exclude',
    'test/ends/**',
    '--exclude',
    'test/soak/**',
  ]);
}
