/**
 * The TypeScript tests, in Windows Node on x64: the contract tests, hostile providers, sudden ends and a short soak among
 * them, the command's not.
 */
import { runVitest } from './vitest.mjs';

export const title = 'TypeScript tests in Windows Node, x64';
export const name = 'typescript';

export function run() {
  return runVitest('typescript', ['--exclude', 'test/cli/**']);
}
