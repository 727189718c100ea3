/** Worker threads that end while providers call. */
import { describe, expect, it } from 'vitest';
import { endOfProgram, endsOfProgram, seed, times } from './end-of-program.js';

/** Twenty workers for each kind of answer; `npm run soak`, which tries each end a hundred times, has two hundred. */
const WORKERS = Math.max(20, 2 * times);
/** Far more than a worker takes, also on a busy machine. */
const LIMIT_MS_PER_WORKER = 10_000;

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

  it.each(['logon', 'profiles', 'session.close', 'store.close', 'letGo', 'returned'])(
    'that are terminated while the answer of %s is open take with them what is theirs, and the answer is dropped',
    async (kind) => {
      const end = await endOfProgram('answers-open', {
        args: [0, WORKERS, kind],
        limitMs: WORKERS * LIMIT_MS_PER_WORKER,
      });
      expect(end).toEqual({ code: 0, stdout: `mark: ${kind}\n`, stderr: '' });
    },
    2 * WORKERS * LIMIT_MS_PER_WORKER,
  );
});
