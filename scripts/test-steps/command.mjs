/** The tests of the command line. */
import { runVitest } from './vitest.mjs';

export const title = "The command's tests";
export const name = 'command';

export function run() {
  return runVitest('command', ['test/cli/']);
}
