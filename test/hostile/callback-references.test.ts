/** The callback object in the hands of a provider that does not keep COM's rules. */
import { scenario } from 'mapisync/testing';
import { describe, expect, it } from 'vitest';
import { ended, endOf, S_OK, withHostileStore } from './hostile-store.js';

describe('punkCallBack', () => {
  it('asked for everything answers by the rules, in the call and from the thread', () =>
    withHostileStore(
      scenario()
        .queryCallback()
        .returns(S_OK)
        .queryCallback()
        .threads(20, (step) => step.repeat(100, (one) => one.queryCallback()))
        .done(S_OK),
      async ({ synchronize }) => {
        const run = synchronize();
        expect(await endOf(run)).toEqual(ended.succeeded());
        // What is wrong the sample reports through Error.
        expect(run.result?.problems).toEqual([]);
      },
    ));

  it('cast to the callback without a query works', () =>
    withHostileStore(scenario().option('cast-callback').progress('Inbox', 1, 1).done(S_OK), async ({ synchronize }) => {
      const run = synchronize();
      expect(await endOf(run)).toEqual(ended.succeeded());
      expect(run.result?.updates).toBe(1);
    }));

  it('referenced a thousand times and released as often is let go of', () =>
    withHostileStore(scenario().addRef(1000).done(S_OK).release(1000), async ({ synchronize }) => {
      expect(await endOf(synchronize())).toEqual(ended.succeeded());
    }));

  it('referenced and released by fifty threads at once is let go of', () =>
    withHostileStore(
      scenario()
        .threads(50, (step) => step.repeat(100, (one) => one.addRef(3)))
        .threads(50, (step) => step.repeat(100, (one) => one.release(3)))
        .done(S_OK),
      async ({ synchronize }) => {
        expect(await endOf(synchronize())).toEqual(ended.succeeded());
      },
    ));

  // Leaking: whoever holds a reference may call at any time, so the callback stays, and with it the session.
  it('referenced a thousand times and never released: the run ends, and the session stays behind', () =>
    withHostileStore(
      scenario().addRef(1000).done(S_OK),
      async ({ session, synchronize }) => {
        expect(await endOf(synchronize())).toEqual(ended.succeeded());
        await session.close();
      },
      {
        closeGraceMs: 200,
        leak: { sessions: 1, stores: 1, references: 4, initializations: 1, callbackReferences: 1000 },
      },
    ));

  // Leaking: the same, by one reference.
  it('never released by its provider: the same', () =>
    withHostileStore(
      scenario().option('keep-callback').done(S_OK),
      async ({ synchronize }) => {
        expect(await endOf(synchronize())).toEqual(ended.succeeded());
      },
      {
        closeGraceMs: 200,
        leak: { sessions: 1, stores: 1, references: 4, initializations: 1, callbackReferences: 1 },
      },
    ));

  it('not let go of: a second run on the store waits, and can be cancelled', () =>
    withHostileStore(
      scenario().option('keep-callback').done(S_OK),
      async ({ store, synchronize }) => {
        expect(await endOf(synchronize())).toEqual(ended.succeeded());
        const second = store.synchronize({ timeoutMs: 300 });
        expect(second.state).toBe('starting');
        expect(await endOf(second)).toEqual(ended.timedOut());
      },
      {
        closeGraceMs: 200,
        leak: { sessions: 1, stores: 1, references: 4, initializations: 1, callbackReferences: 1 },
      },
    ));

  // The sample's own books are short by what it has given back too often; nothing of ours is.
  it('released once too often is kept until the session goes', () =>
    withHostileStore(
      scenario().release(1).progress('Inbox', 1, 1).done(S_OK),
      async ({ synchronize }) => {
        for (let i = 0; i < 10; i++) {
          const run = synchronize();
          expect(await endOf(run)).toEqual(ended.succeeded());
          expect(run.result?.updates).toBe(1);
          await run[Symbol.asyncDispose]();
        }
      },
      { leak: { callbackReferences: -10 } },
    ));

  it('released a hundred times too often: the same', () =>
    withHostileStore(
      scenario().release(100).progress('Inbox', 1, 1).done(S_OK),
      async ({ synchronize }) => {
        expect(await endOf(synchronize())).toEqual(ended.succeeded());
      },
      { leak: { callbackReferences: -100 } },
    ));

  // Leaking: the session object alone. Logging off has been done.
  it('beside a session that the provider never releases: that object stays', () =>
    withHostileStore(
      scenario().option('keep-session').done(S_OK),
      async ({ synchronize }) => {
        expect(await endOf(synchronize())).toEqual(ended.succeeded());
      },
      { leak: { sessions: 1, references: 1, initializations: 0 } },
    ));
});
