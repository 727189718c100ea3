/** Processes that end in the middle of a sync. Each ends by itself, with the exit code that plain Node would give. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { endOfProgram, endsOfProgram, seed } from './end-of-program.js';

describe(`a process that ends during a sync (MAPISYNC_SEED=${seed})`, () => {
  it.each([
    ['by process.exit()', 'exit-during-sync', 41, ['running']],
    ['by process.exit() in a listener', 'exit-in-listener', 42, ['running']],
    ['by process.exit() in a rejection handler', 'exit-in-rejection-handler', 43, ['MAPI_E_NETWORK_ERROR']],
  ])('%s has that exit code', async (_title, program, code, marks) => {
    for (const end of await endsOfProgram(program)) expect(end).toEqual({ ...end, code, marks, stderr: '' });
  });

  it.each([
    ['by an exception that nobody catches', 'uncaught-exception', ['running'], 'Error: nobody catches this'],
    ['by a listener that throws', 'listener-throws-uncaught', ['running'], 'Error: nobody catches this'],
    ['by a run that fails and that nobody awaits', 'unhandled-rejection', ['unhandled'], 'MAPI_E_NETWORK_ERROR'],
  ])('%s has exit code 1, and says what it was', async (_title, program, marks, message) => {
    for (const end of await endsOfProgram(program)) {
      expect(end).toEqual({ ...end, code: 1, marks });
      expect(end.stderr).toContain(message);
    }
  });

  it('by Ctrl-C has the exit code of any Node that is ended so', async (context) => {
    const plain = await endOfProgram('control-c', { args: [0, 'plain'] });
    if (plain.stdout.includes('no console')) context.skip('no console can be had here');
    for (const end of await endsOfProgram('control-c')) {
      expect(end).toEqual({ ...end, code: plain.code, marks: ['pressing'], stderr: '' });
    }
  });

  it('by a handler of Ctrl-C has the exit code that it gives', async (context) => {
    const ends = await endsOfProgram('control-c', { args: ['handled'] });
    if (ends.some((end) => end.marks.includes('no console'))) context.skip('no console can be had here');
    for (const end of ends) expect(end).toEqual({ ...end, code: 130, marks: ['pressing', 'handled'], stderr: '' });
  });

  it('whose provider never returns ends by itself', async () => {
    for (const end of await endsOfProgram('blocked-provider')) {
      expect(end).toEqual({ ...end, code: 0, marks: [end.moment < 0.5 ? 'ended' : 'running'] });
    }
  });
});

describe(`a process with nothing else to do (MAPISYNC_SEED=${seed})`, () => {
  it('is kept alive by a run', async () => {
    for (const end of await endsOfProgram('keeps-alive')) {
      expect(end).toEqual({ ...end, code: 0, marks: ['succeeded'], stderr: '' });
    }
  });

  it('is not kept alive by a run that is unref’d', async () => {
    for (const end of await endsOfProgram('unref'))
      expect(end).toEqual({ ...end, code: 0, marks: ['running'], stderr: '' });
  });

  it('is not kept alive by a session that nobody closes', async () => {
    for (const end of await endsOfProgram('idle-session')) {
      expect(end).toEqual({ ...end, code: 0, marks: ['idle'], stderr: '' });
    }
  });
});

describe('a process that ends without closing its session', () => {
  /** What the sample has noted of the process by its end. */
  async function booksOf(way: string, state: string): Promise<{ code: number | null; books: Record<string, number> }> {
    const profile = mkdtempSync(path.join(tmpdir(), 'mapisync-books-'));
    onTestFinished(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));
    const { code, stdout } = await endOfProgram('leaves-session', { args: [0, profile, way, state] });
    expect(stdout).toBe(`mark: ${state}\n`);
    return { code, books: JSON.parse(readFileSync(path.join(profile, 'books.json'), 'utf8')) };
  }

  const ways: [title: string, way: string, code: unknown][] = [
    ['for want of work', 'natural', 0],
    ['by process.exit()', 'exit', 0],
    ['by an exception that nobody catches', 'uncaught', 1],
    // The versions of Node differ in the exit code.
    ['by process.exit() with an exit listener that throws', 'listener', expect.any(Number)],
    ['by process.exit() in Electron’s main process', 'electron', 0],
    ['by process.exit() with the session in a worker', 'worker', 0],
  ];

  it.each(ways)('%s logs an idle session off', async (_title, way, code) => {
    const end = await booksOf(way, 'idle');
    expect(end).toMatchObject({ code, books: { logoffs: 1, fastShutdowns: 0, sessions: 0 } });
  });

  it.each(ways)('%s shuts a session down fast whose provider has not let go', async (_title, way, code) => {
    const end = await booksOf(way, 'running');
    expect(end).toMatchObject({ code, books: { logoffs: 0, fastShutdowns: 1, callsAfterFastShutdown: 0 } });
  });
});
