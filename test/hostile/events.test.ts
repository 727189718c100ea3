/** Numbers and codes that nobody would expect in Progress and Error. */
import type { SyncEvent } from 'mapisync';
import { type Scenario, scenario } from 'mapisync/testing';
import { describe, expect, it } from 'vitest';
import {
  E_FAIL,
  ended,
  endOf,
  eventsOf,
  MAPI_E_NETWORK_ERROR,
  MAPI_W_PARTIAL_COMPLETION,
  S_OK,
  withHostileStore,
} from './hostile-store.js';

const maxUlong = 0xffff_ffff;

async function everyEvent(scenario: Scenario): Promise<SyncEvent[]> {
  let events: SyncEvent[] = [];
  await withHostileStore(scenario, async ({ synchronize }) => {
    const run = synchronize({ delivery: 'every' });
    const seen = eventsOf(run);
    expect(await endOf(run)).toEqual(ended.succeeded());
    events = await seen;
  });
  return events.slice(1, -1);
}

describe('index and max of Progress', () => {
  it('are handed on as they come, with a fraction in [0, 1] or none', async () => {
    const events = await everyEvent(
      scenario()
        .progress('beyond', 12, 10)
        .progress('no max', 5, 0)
        .progress('nothing at all', 0, 0)
        .progress('both greatest', maxUlong, maxUlong)
        .progress('index greatest', maxUlong, 1)
        .progress('max greatest', 1, maxUlong)
        .progress('half', 5, 10)
        .progress('back', 2, 10)
        .progress('another max', 2, 4)
        .done(S_OK),
    );
    expect(events.map((event) => event.type === 'progress' && [event.index, event.max, event.fraction])).toEqual([
      [12, 10, 1],
      [5, 0, null],
      [0, 0, null],
      [maxUlong, maxUlong, 1],
      [maxUlong, 1, 1],
      [1, maxUlong, 1 / maxUlong],
      [5, 10, 0.5],
      [2, 10, 0.2],
      [2, 4, 0.5],
    ]);
  });

  it('end nothing when they are equal: only Done does', () =>
    withHostileStore(scenario().progress('Inbox', 10, 10).sleep(100).done(E_FAIL), async ({ synchronize }) => {
      expect(await endOf(synchronize())).toEqual(ended.failedInDone('MAPI_E_CALL_FAILED', E_FAIL));
    }));
});

describe('Error', () => {
  it('is a warning or an error by its code alone, and ends nothing', async () => {
    const events = await everyEvent(
      scenario()
        .error(S_OK, 'all is well')
        .error(MAPI_W_PARTIAL_COMPLETION, 'some were left')
        .error(MAPI_E_NETWORK_ERROR, 'server is gone')
        .error(0x8fff0123, 'nobody knows this one')
        .error(E_FAIL, null)
        .error(E_FAIL, '')
        .done(S_OK),
    );
    expect(events.map((event) => event.type === 'problem' && [event.severity, event.code, event.message])).toEqual([
      ['warning', 'S_OK', 'all is well'],
      ['warning', 'MAPI_W_PARTIAL_COMPLETION', 'some were left'],
      ['error', 'MAPI_E_NETWORK_ERROR', 'server is gone'],
      ['error', '0x8FFF0123', 'nobody knows this one'],
      ['error', 'MAPI_E_CALL_FAILED', null],
      ['error', 'MAPI_E_CALL_FAILED', ''],
    ]);
  });

  it(
    'ten million times: the first and the last thousand are kept, and all are counted',
    () =>
      withHostileStore(
        scenario()
          .repeat(10_000_000, (step) => step.error(MAPI_E_NETWORK_ERROR, 'again'))
          .error(E_FAIL, 'the last')
          .done(S_OK),
        async ({ synchronize }) => {
          const run = synchronize();
          expect(await endOf(run)).toEqual(ended.succeeded());
          expect(run.result?.problemCount).toBe(10_000_001);
          expect(run.result?.problems.length).toBeLessThanOrEqual(2000);
          expect(run.result?.problems.length).toBeGreaterThanOrEqual(1000);
          expect(run.result?.problems.at(-1)).toMatchObject({ code: 'MAPI_E_CALL_FAILED', message: 'the last' });
        },
      ),
    120_000,
  );
});
