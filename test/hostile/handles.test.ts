/** The thread-done event: missing, wrong, early, changed. And what becomes of its handle. */
import { type Scenario, type ScenarioHandle, scenario } from 'mapisync/testing';
import { describe, expect, it } from 'vitest';
import { collectGarbage } from '../support/collect-garbage.js';
import { probe } from '../support/probe.js';
import { E_FAIL, ended, endOf, MAPI_E_NETWORK_ERROR, S_OK, type SeenEnd, withHostileStore } from './hostile-store.js';

/**
 * Runs the scenario several times and holds how many handles each run has left open. The first run is not counted: threads
 * of the pool come with it.
 */
async function expectHandles(scenario: Scenario, expected: SeenEnd, leftOpen: number, runs = 20): Promise<void> {
  await withHostileStore(scenario, async ({ synchronize }) => {
    const runAndWait = async (): Promise<void> => {
      const run = synchronize({ timeoutMs: 60_000 });
      expect(await endOf(run)).toEqual(expected);
      // Disposed of when the provider has let go and the engine has taken everything back.
      await run[Symbol.asyncDispose]();
    };
    for (let i = 0; i < runs / 4; i++) await runAndWait();
    await collectGarbage();
    const before = probe.handles();
    for (let i = 0; i < runs; i++) await runAndWait();
    await collectGarbage();
    // A thread more or less in the pool has handles of its own; a leak of one a run is more than that.
    const grown = probe.handles() - before - leftOpen * runs;
    expect(Math.abs(grown)).toBeLessThan(runs / 2);
  });
}

describe('the handle that comes with Done', () => {
  it.each<[ScenarioHandle, string, number]>([
    ['event', 'the event that is watched: closed, once', 0],
    ['null', 'NULL: the provider closes its event itself', 0],
    ['invalid', 'INVALID_HANDLE_VALUE: no handle at all', 0],
    ['closed', 'one that has been closed: left alone', 0],
    ['garbage', 'a number that never was a handle: left alone', 0],
    // Leaking: it may be anybody's. Closing what is not ours would hit a stranger, so it stays open.
    ['other', 'another one: left open, for it may be anybody’s', 1],
  ])('%s, %s', (handle, _title, leftOpen) => expectHandles(scenario().done(S_OK, handle), ended.succeeded(), leftOpen));

  it('is closed once, however often Done brings it', () =>
    expectHandles(
      scenario().threads(4, (step) => step.done(S_OK)),
      ended.succeeded(),
      0,
    ));

  it('is closed after a failing Done as well', () =>
    expectHandles(
      scenario().done(MAPI_E_NETWORK_ERROR),
      ended.failedInDone('MAPI_E_NETWORK_ERROR', MAPI_E_NETWORK_ERROR),
      0,
    ));
});

describe('*phSyncDoneEvent', () => {
  it('never written: Done alone ends the run', () =>
    expectHandles(scenario().option('no-event').progress('Inbox', 1, 1).done(S_OK), ended.succeeded(), 0));

  it('never written, and Done never called: a timeout ends the run', () =>
    withHostileStore(scenario().option('no-event').progress('Inbox', 1, 1), async ({ synchronize }) => {
      expect(await endOf(synchronize({ timeoutMs: 300 }))).toEqual(ended.timedOut());
    }));

  it('written although the call fails: not looked at', () =>
    expectHandles(
      scenario().option('event-on-failure').returns(E_FAIL),
      ended.failedInCall('MAPI_E_CALL_FAILED', E_FAIL),
      0,
    ));

  it('written from the provider’s thread, when the call has returned: looked at again when Done comes', () =>
    expectHandles(
      scenario().option('no-event').returns(S_OK).sleep(50).setEvent('other').done(S_OK),
      ended.succeeded(),
      0,
    ));

  it('changed after the call: the event that stood there first is the one that is watched', () =>
    expectHandles(scenario().returns(S_OK).sleep(50).setEvent('other').done(S_OK), ended.succeeded(), 0));

  it.each<[ScenarioHandle]>([['null'], ['invalid'], ['closed'], ['garbage']])(
    'changed to %s after the call: makes no difference',
    (handle) => expectHandles(scenario().returns(S_OK).sleep(50).setEvent(handle).done(S_OK), ended.succeeded(), 0),
  );

  // Leaking: what Done brings is not what was watched, or nothing could be watched. Whose the handle is nobody knows.
  // A handle that has been closed is not among these: its number may mean another object by then, and what is watched is chance.
  it('is another when the call returns: the handle that Done brings is left open', () =>
    expectHandles(scenario().setEvent('other').returns(S_OK).done(S_OK), ended.succeeded(), 1));

  it.each<[ScenarioHandle]>([['null'], ['invalid'], ['garbage']])(
    'is %s when the call returns: the handle that Done brings is watched and closed once',
    (handle) => expectHandles(scenario().setEvent(handle).returns(S_OK).done(S_OK), ended.succeeded(), 0),
  );
});

describe('an event that is never signalled', () => {
  it('is not waited for longer than two seconds after Done, and closed', () =>
    withHostileStore(scenario().option('forget-signal').done(S_OK), async ({ synchronize }) => {
      const runs = [synchronize(), synchronize()];
      for (const run of runs) expect(await endOf(run)).toEqual(ended.succeeded());
      const before = probe.handles();
      for (let i = 0; i < 4; i++) expect(await endOf(synchronize())).toEqual(ended.succeeded());
      expect(probe.handles() - before).toBeLessThan(4);
    }));
});

describe('an event whose Done never comes', () => {
  // Leaking: it was never given to us.
  it('is left open', () => expectHandles(scenario().progress('Inbox', 1, 1), ended.withoutResult(), 1, 6));
});

describe('an auto-reset event', () => {
  it('is closed after Done like any other', () =>
    expectHandles(scenario().option('auto-reset-event').done(S_OK), ended.succeeded(), 0));

  it('tells that the thread is over, where Done never comes', () =>
    withHostileStore(scenario().option('auto-reset-event').progress('Inbox', 1, 1), async ({ synchronize }) => {
      expect(await endOf(synchronize())).toEqual(ended.withoutResult());
    }));

  it('signalled before Done: Done decides', () =>
    withHostileStore(
      scenario().option('auto-reset-event').signal().sleep(100).done(MAPI_E_NETWORK_ERROR),
      async ({ synchronize }) => {
        expect(await endOf(synchronize())).toEqual(ended.failedInDone('MAPI_E_NETWORK_ERROR', MAPI_E_NETWORK_ERROR));
      },
    ));
});

describe('an event that is signalled before Done', () => {
  it('waits for Done, and Done decides', () =>
    withHostileStore(scenario().signal().sleep(200).progress('late', 1, 1).done(S_OK), async ({ synchronize }) => {
      const run = synchronize();
      expect(await endOf(run)).toEqual(ended.succeeded());
      expect(run.result?.updates).toBe(1);
    }));

  it('inside the call: the same', () =>
    withHostileStore(scenario().signal().returns(S_OK).sleep(200).done(S_OK), async ({ synchronize }) => {
      expect(await endOf(synchronize())).toEqual(ended.succeeded());
    }));
});
