/** Done: too early, too often, too late, never. */
import { scenario } from 'mapisync/testing';
import { describe, expect, it } from 'vitest';
import {
  E_FAIL,
  ended,
  endOf,
  eventsOf,
  MAPI_E_NETWORK_ERROR,
  MAPI_E_USER_CANCEL,
  MAPI_W_PARTIAL_COMPLETION,
  S_FALSE,
  S_OK,
  withHostileStore,
} from './hostile-store.js';

describe('a provider that calls Done before SynchronizeInBackground returns', () => {
  it('ends the run with what Done brought, once the call has returned', () =>
    withHostileStore(scenario().progress('Inbox', 1, 2).done(S_OK).returns(S_OK), async ({ synchronize }) => {
      const run = synchronize();
      expect(await endOf(run)).toEqual(ended.succeeded());
      expect(run.result?.updates).toBe(1);
    }));

  it('fails the run where Done brought a failure', () =>
    withHostileStore(scenario().done(MAPI_E_NETWORK_ERROR).returns(S_OK), async ({ synchronize }) => {
      expect(await endOf(synchronize())).toEqual(ended.failedInDone('MAPI_E_NETWORK_ERROR', MAPI_E_NETWORK_ERROR));
    }));

  it('fails the run where the call then fails, and says what Done had brought', () =>
    withHostileStore(scenario().done(MAPI_E_NETWORK_ERROR).returns(E_FAIL), async ({ synchronize }) => {
      const run = synchronize();
      expect(await endOf(run)).toEqual(ended.failedInCall('MAPI_E_CALL_FAILED', E_FAIL));
      await expect(run).rejects.toThrow('MAPI_E_NETWORK_ERROR');
    }));

  it('ends the run after two seconds where the call does not return meanwhile', () =>
    withHostileStore(scenario().done(S_OK).sleep(4000).returns(S_OK), async ({ synchronize }) => {
      const run = synchronize();
      expect(await endOf(run)).toEqual(ended.succeeded());
    }));
});

describe('a provider that calls Done more than once', () => {
  it.each([
    ['a success first', S_OK, MAPI_E_NETWORK_ERROR, ended.succeeded()],
    ['a failure first', MAPI_E_NETWORK_ERROR, S_OK, ended.failedInDone('MAPI_E_NETWORK_ERROR', MAPI_E_NETWORK_ERROR)],
  ])('is believed the first time: %s', (_title, first, second, expected) =>
    withHostileStore(scenario().done(first).done(second).done(second, 'other'), async ({ synchronize }) => {
      expect(await endOf(synchronize())).toEqual(expected);
    }),
  );

  it('from two threads at once', () =>
    withHostileStore(
      scenario().threads(2, (step) => step.done(S_OK)),
      async ({ synchronize }) => {
        expect(await endOf(synchronize())).toEqual(ended.succeeded());
      },
    ));

  it('a hundred times from each of fifty threads', () =>
    withHostileStore(
      scenario().threads(50, (step) => step.repeat(100, (one) => one.done(S_OK))),
      async ({ synchronize }) => {
        expect(await endOf(synchronize())).toEqual(ended.succeeded());
      },
    ));
});

describe('a provider that never calls Done', () => {
  it('ends without a result where it signals the event', () =>
    withHostileStore(scenario().progress('Inbox', 1, 2).signal().sleep(100), async ({ synchronize }) => {
      expect(await endOf(synchronize())).toEqual(ended.withoutResult());
    }));

  it('ends without a result where Done comes more than two seconds after the event', () =>
    withHostileStore(scenario().signal().sleep(3000).done(S_OK), async ({ synchronize }) => {
      expect(await endOf(synchronize())).toEqual(ended.withoutResult());
    }));

  it('stalls where nothing comes at all', () =>
    withHostileStore(scenario().progress('Inbox', 1, 2).sleep(1500), async ({ synchronize }) => {
      expect(await endOf(synchronize({ stallMs: 200 }))).toEqual(ended.stalled());
    }));

  it('times out where nothing comes at all', () =>
    withHostileStore(scenario().progress('Inbox', 1, 2).sleep(1500), async ({ synchronize }) => {
      expect(await endOf(synchronize({ timeoutMs: 200 }))).toEqual(ended.timedOut());
    }));

  // Leaking: its thread has gone and holds the callback, the session and the store for ever, so that all three stay.
  it('stays behind, with its session, where its thread has gone without a word', () =>
    withHostileStore(
      scenario().progress('Inbox', 1, 2).end(),
      async ({ session, synchronize }) => {
        expect(await endOf(synchronize({ stallMs: 200 }))).toEqual(ended.stalled());
        await session.close();
      },
      {
        closeGraceMs: 200,
        leak: { sessions: 1, stores: 1, references: 6, runs: 1, initializations: 1, callbackReferences: 1 },
      },
    ));
});

describe('what Done and SynchronizeInBackground bring', () => {
  it.each([
    ['S_OK', S_OK, ended.succeeded()],
    ['S_FALSE', S_FALSE, ended.succeeded('S_FALSE', S_FALSE)],
    [
      'MAPI_W_PARTIAL_COMPLETION',
      MAPI_W_PARTIAL_COMPLETION,
      ended.succeeded('MAPI_W_PARTIAL_COMPLETION', MAPI_W_PARTIAL_COMPLETION),
    ],
    [
      'MAPI_E_USER_CANCEL that nobody here asked for',
      MAPI_E_USER_CANCEL,
      ended.failedInDone('MAPI_E_USER_CANCEL', MAPI_E_USER_CANCEL),
    ],
    ['a code without a name', 0x8fff0123, ended.failedInDone('0x8FFF0123', 0x8fff0123)],
  ])('Done with %s', (_title, hresult, expected) =>
    withHostileStore(scenario().done(hresult), async ({ synchronize }) => {
      expect(await endOf(synchronize())).toEqual(expected);
    }),
  );

  it('a success other than S_OK from the call is a start', () =>
    withHostileStore(scenario().returns(S_FALSE).progress('Inbox', 1, 1).done(S_OK), async ({ synchronize }) => {
      expect(await endOf(synchronize())).toEqual(ended.succeeded());
    }));

  it('a failing call after events: the events are told, and then the failure', () =>
    withHostileStore(
      scenario().progress('Inbox', 1, 2).error(MAPI_E_NETWORK_ERROR, 'gone').returns(E_FAIL).progress('late', 2, 2),
      async ({ synchronize }) => {
        const run = synchronize({ delivery: 'every' });
        const events = eventsOf(run);
        expect(await endOf(run)).toEqual(ended.failedInCall('MAPI_E_CALL_FAILED', E_FAIL));
        expect((await events).map((event) => event.type)).toEqual(['start', 'progress', 'problem', 'end']);
      },
    ));
});

describe('calls that come too late', () => {
  it('after Done are dropped quietly', () =>
    withHostileStore(
      scenario()
        .progress('Inbox', 1, 2)
        .done(S_OK)
        .progress('late', 2, 2)
        .error(MAPI_E_NETWORK_ERROR, 'late')
        .threads(8, (step) => step.repeat(1000, (one) => one.progress('later', 3, 4))),
      async ({ synchronize }) => {
        const run = synchronize({ delivery: 'every' });
        const events = eventsOf(run);
        expect(await endOf(run)).toEqual(ended.succeeded());
        expect((await events).map((event) => event.type)).toEqual(['start', 'progress', 'end']);
        expect(run.result).toMatchObject({ updates: 1, problemCount: 0, problems: [] });
      },
    ));

  it('after the session has been closed change nothing, and the session waits for them as long as it may', () =>
    withHostileStore(
      scenario()
        .option('outlive-session')
        .option('ignore-cancel')
        .progress('Inbox', 1, 2)
        .sleep(500)
        .repeat(1000, (step) => step.progress('after the end', 2, 2))
        .done(S_OK),
      async ({ session, synchronize }) => {
        const run = synchronize();
        const end = endOf(run);
        await new Promise((resolve) => run.once('progress', resolve));
        await session.close();
        expect(await end).toEqual(ended.cancelled());
        expect(run.result?.updates).toBe(1);
      },
    ));

  // Leaking: a session that was closed with a provider at work is not logged off any more, even when the provider has let go.
  it('after a session has been given up change nothing either', () =>
    withHostileStore(
      scenario()
        .option('outlive-session')
        .option('ignore-cancel')
        .progress('Inbox', 1, 2)
        .sleep(1000)
        .repeat(1000, (step) => step.progress('after the end', 2, 2))
        .done(S_OK),
      async ({ session, synchronize }) => {
        const run = synchronize();
        const end = endOf(run);
        await new Promise((resolve) => run.once('progress', resolve));
        await session.close();
        expect(await end).toEqual(ended.cancelled());
      },
      { closeGraceMs: 100, leak: { sessions: 1, references: 1, initializations: 1 } },
    ));
});
