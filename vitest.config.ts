import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** Another build of the package than the one in this checkout, which the tests then import as `mapisync`. */
const built = process.env.MAPISYNC_TEST_PACKAGE;
const inBuilt = (name: string): string => path.join(built ?? '', 'dist', name);

export default defineConfig({
  resolve: {
    alias:
      built === undefined
        ? []
        : [
            { find: /^mapisync$/, replacement: inBuilt('index.js') },
            { find: /^mapisync\/com$/, replacement: inBuilt('com.js') },
            { find: /^mapisync\/testing$/, replacement: inBuilt('testing/index.js') },
          ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    // Windows Node under Wine, on a busy machine of two cores: a start of a process alone takes seconds.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Every test file has a process of its own: the addon keeps MAPI for the life of its process.
    pool: 'forks',
    maxWorkers: 2,
  },
});
