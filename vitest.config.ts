import { defineConfig } from 'vitest/config';

export default defineConfig({
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
