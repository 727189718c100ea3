/** Worker threads that end while providers call. */
import { describe, expect, it } from 'vitest';
import { endsOfProgram, seed } from './end-of-program.js';

describe(`workers (MAPISYNC_SEED=${seed})`, () => {
  it('that are terminated with events held, in flight and queued leave the process unharmed', async () => {
    for (const end of await endsOfProgram('worker-terminated')) {
      expect(end).toEqual({ ...end, code: 0, marks: ['survived'], stderr: '' });
    }
  });

  it('of which one is terminated do not disturb each other', async () => {
    for (const end of await endsOfProgram('two-workers')) {
      expect(end).toEqual({ ...end, code: 0, marks: ['succeeded 1000'], stderr: '' });
    }
  });

  it('that alone have loaded the addon can end in every way while the provider calls', async () => {
    for (const end of await endsOfProgram('worker-ends-alone')) {
      expect(end).toEqual({
        ...end,
        code: 0,
        marks: ['exit=9 unref=0 thrown in the worker throw=1'],
        stderr: '',
      });
    }
  });
});
