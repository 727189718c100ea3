/** Providers that do not come back, and providers that do not listen. */
import { once } from 'node:events';
import { logon } from 'mapisync';
import { sampleMapi, sampleProfile, scenario } from 'mapisync/testing';
import { describe, expect, it } from 'vitest';
import { countersNow, ended, endOf, expectLeft, S_OK, withHostileStore } from './hostile-store.js';

describe('a provider that blocks in SynchronizeInBackground for ever', () => {
  // Leaking: the call that never returns, its thread, and everything that it may still use.
  it('is given up: the run ends, closing is bounded, and its session stays behind', () =>
    withHostileStore(
      scenario().progress('Inbox', 1, 2).block().returns(S_OK),
      async ({ session, synchronize }) => {
        const run = synchronize({ timeoutMs: 500 });
        expect(await endOf(run)).toEqual(ended.timedOut());
        expect(run.result?.updates).toBe(1);
        // Everything but this store goes on.
        expect((await session.stores()).length).toBe(1);
        await session.close();
      },
      {
        closeGraceMs: 200,
        leak: { sessions: 1, stores: 1, references: 6, runs: 1, initializations: 2, callbackReferences: 1 },
      },
    ));

  it('can be cancelled, and the store be closed, which is bounded too', () =>
    withHostileStore(
      scenario().progress('Inbox', 1, 2).block().returns(S_OK),
      async ({ store, synchronize }) => {
        const run = synchronize();
        const end = endOf(run);
        await new Promise((resolve) => run.once('progress', resolve));
        await store.close();
        expect(await end).toEqual(ended.cancelled());
      },
      {
        closeGraceMs: 200,
        leak: { sessions: 1, stores: 1, references: 6, runs: 1, initializations: 2, callbackReferences: 1 },
      },
    ));

  it('keeps no other session from working, and no other store of its session from being released', async () => {
    const before = countersNow();
    const profile = await sampleProfile({
      stores: [
        { name: 'Good', scenario: scenario().progress('Inbox', 1, 1).done(S_OK) },
        { name: 'Blocked', scenario: scenario().block().returns(S_OK) },
      ],
    });
    const blocked = await logon({ mapi: sampleMapi, profile: profile.path, closeGraceMs: 200 });
    const other = await logon({ mapi: sampleMapi, profile: profile.path });
    const run = (await blocked.openStore({ displayName: 'Blocked' })).synchronize();
    await new Promise((resolve) => run.once('start', resolve));
    for (const session of [other, blocked]) {
      const store = await session.openStore({ displayName: 'Good' });
      expect(await endOf(store.synchronize())).toEqual(ended.succeeded());
    }
    await other.close();
    const warned = once(process, 'warning');
    await blocked.close();
    await warned;
    expect(run.result?.outcome).toBe('cancelled');
    await expectLeft(before, {
      sessions: 1,
      stores: 1,
      references: 6,
      runs: 1,
      initializations: 2,
      callbackReferences: 1,
    });
    await profile[Symbol.asyncDispose]();
  });
});

describe('a provider whose thread blocks for ever', () => {
  // Leaking: the same, with the provider's thread instead of ours.
  it('is given up in the same way', () =>
    withHostileStore(
      scenario().progress('Inbox', 1, 2).block(),
      async ({ synchronize }) => {
        expect(await endOf(synchronize({ stallMs: 200 }))).toEqual(ended.stalled());
      },
      {
        closeGraceMs: 200,
        leak: { sessions: 1, stores: 1, references: 6, runs: 1, threads: 1, initializations: 2, callbackReferences: 1 },
      },
    ));
});

describe('a provider that blocks in Release', () => {
  // Leaking: the session's own thread is in that call for ever.
  it('holds neither the store’s close nor the session’s longer than their bounds', () =>
    withHostileStore(
      scenario().option('block-in-release').done(S_OK),
      async ({ session, store, synchronize }) => {
        expect(await endOf(synchronize())).toEqual(ended.succeeded());
        await store.close();
        await session.close();
      },
      { closeGraceMs: 200, leak: { sessions: 1, stores: 1, references: 1, initializations: 1 } },
    ));
});

describe('a MAPI that blocks', () => {
  // Leaking: the thread that logs on.
  it('in MAPILogonEx: the log-on can be given up', async () => {
    const profile = await sampleProfile({ stores: [{ name: 'Any', syncless: true }], options: ['block-logon'] });
    await expect(
      logon({ mapi: sampleMapi, profile: profile.path, signal: AbortSignal.timeout(300) }),
    ).rejects.toMatchObject({ name: 'TimeoutError' });
    await profile[Symbol.asyncDispose]();
  });

  // Leaking: the session, and the thread that logs off.
  it('in Logoff: closing is bounded', () =>
    withHostileStore(
      scenario().done(S_OK),
      async ({ synchronize }) => {
        expect(await endOf(synchronize())).toEqual(ended.succeeded());
      },
      { options: ['block-logoff'], closeGraceMs: 200, leak: { sessions: 1, references: 1, initializations: 1 } },
    ));
});

describe('a provider that ignores cancel', () => {
  it('goes on by itself: the run has ended at once, and is let go of later', () =>
    withHostileStore(
      scenario()
        .option('ignore-cancel')
        .progress('Inbox', 1, 2)
        .repeat(20, (step) => step.sleep(50))
        .repeat(1000, (step) => step.progress('unheard', 2, 2))
        .done(S_OK),
      async ({ store, synchronize }) => {
        const run = synchronize();
        const end = endOf(run);
        run.once('progress', () => run.cancel());
        expect(await end).toEqual(ended.cancelled());
        expect(run.result?.updates).toBe(1);
        // Waits until the first has really gone.
        const second = store.synchronize();
        expect(second.state).toBe('starting');
        expect(await endOf(second)).toEqual(ended.succeeded());
        await run[Symbol.asyncDispose]();
      },
      { closeGraceMs: 30_000 },
    ));
});
