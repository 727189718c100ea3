/** The TypeScript tests that run without Windows, on the host: in a second or two, with nothing built. */
import { isHostTest, needsWindows, testFiles } from '../test-files.mjs';
import { runVitest } from './vitest.mjs';

export const steps = {
  /** For `npm test`, which runs the others in Windows Node. */
  scripts: {
    title: 'Tests of the scripts, on the host',
    name: 'scripts',
    run: () => runVitest('scripts', testFiles().filter(isHostTest), { onHost: true }),
  },
  all: {
    title: 'Tests that need no Windows, on the host',
    name: 'host',
    run: () =>
      runVitest(
        'host',
        testFiles().filter((file) => !needsWindows(file)),
        { onHost: true },
      ),
  },
};
