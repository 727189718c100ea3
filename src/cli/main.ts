#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import type { Host } from './host.js';
import { run } from './run.js';

/** Ctrl-C, Ctrl-Break, a closed console window, and what ends programs elsewhere. */
const interrupts = ['SIGINT', 'SIGBREAK', 'SIGHUP', 'SIGTERM'] as const;

const host: Host = {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  library: () => import('../index.js'),
  testingKit: () => import('../testing/index.js'),
  version: () => JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version,
  onInterrupt: (listener) => {
    for (const signal of interrupts) process.on(signal, listener);
    // Who reads our output has gone (`mapisync sync --json | head`): nobody is left to go on for.
    process.stdout.once('error', listener);
    return () => {
      for (const signal of interrupts) process.off(signal, listener);
      process.stdout.off('error', listener);
    };
  },
  leave: (exitCode) => process.exit(exitCode),
};

// Each further write fails as well, and one interruption is enough.
process.stdout.on('error', () => {});
// Not process.exit: what has been written to a pipe may still be on its way.
process.exitCode = await run(process.argv.slice(2), host);
