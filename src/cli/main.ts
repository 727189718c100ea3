#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import type { Host } from './host.js';
import { run } from './run.js';

/** Ctrl-C, Ctrl-Break, a closed console window, and what ends programs elsewhere. */
const INTERRUPTS = ['SIGINT', 'SIGBREAK', 'SIGHUP', 'SIGTERM'] as const;

const host: Host = {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  library: () => import('../index.js'),
  testingKit: () => import('../testing/index.js'),
  version: () => JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version,
  onInterrupt: (listener) => {
    for (const signal of INTERRUPTS) process.on(signal, listener);
    return () => {
      for (const signal of INTERRUPTS) process.off(signal, listener);
    };
  },
  leave: (exitCode) => process.exit(exitCode),
};

// Not process.exit: it would let no session log off.
process.exitCode = await run(process.argv.slice(2), host);
