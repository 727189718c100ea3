import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';

const TIMES = 400;
const PROCESSES = 6;

const program = path.join(import.meta.dirname, 'programs', 'enter-lock.mjs');
const folder = mkdtempSync(path.join(tmpdir(), 'mapisync-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly errors: string;
}

function enterLock(...more: string[]): Promise<End> {
  // The process of this test file has a lock of its own, so that two runs of it do not meet.
  const args = [program, `test-${process.pid}`, path.join(folder, 'inside'), String(TIMES), ...more];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code, signal) => resolve({ code, signal, errors }));
  });
}

it('a lock lets in one process at a time, and what a killed owner held is free again', async () => {
  const killed = [enterLock('50'), enterLock('150')];
  const others = Array.from({ length: PROCESSES }, () => enterLock());
  for (const { signal } of await Promise.all(killed)) expect(signal).toBe('SIGKILL');
  for (const { code, errors } of await Promise.all(others)) {
    expect(errors).toMatch(/^(Waiting for process \d+, which does the same \(test-\d+\)\.\n)*$/);
    expect(code).toBe(0);
  }
});
