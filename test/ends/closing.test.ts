/** Closing, aborting, forgetting and ignoring, at any moment of a sync. */
import { describe, expect, it } from 'vitest';
import { endsOfProgram, seed } from './end-of-program.js';

describe(`a program (MAPISYNC_SEED=${seed})`, () => {
  it.each([
    ['closes its session during a sync, twice and from a listener', 'close-during-sync', 'cancelled ended'],
    ['closes a store before its run ends, and opens it again', 'store-closed-before-end', 'cancelled cancelled'],
    [
      'aborts before the start, in every state, and after the end',
      'aborts',
      'cancelled cancelled cancelled cancelled cancelled cancelled succeeded',
    ],
    ['leaves iterators early, and has a thousand of them', 'iterators', 'true 500 succeeded 2000'],
    ['has listeners that throw', 'listener-throws', 'succeeded 100 start progress problem end'],
  ])('that %s ends by itself', async (_title, program, mark) => {
    for (const end of await endsOfProgram(program)) {
      expect(end).toEqual({ ...end, code: 0, marks: [mark], stderr: '' });
    }
  });

  it('that forgets everything without closing it lets all of it be collected', async () => {
    for (const end of await endsOfProgram('collected', { nodeOptions: ['--expose-gc'] })) {
      expect(end).toEqual({ ...end, code: 0, marks: ['all gone'], stderr: '' });
    }
  });

  it('that blocks its event loop for ten seconds finds its run as it was', async () => {
    for (const end of await endsOfProgram('blocked-loop', { atOnce: 5 })) {
      expect(end).toEqual({ ...end, code: 0, marks: ['running cancelled'], stderr: '' });
    }
  });
});
