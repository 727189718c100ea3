/** Calls from many threads, from inside other calls, and from threads that wait for window messages. */
import { scenario } from 'mapisync/testing';
import { describe, expect, it } from 'vitest';
import { ended, endOf, MAPI_E_NETWORK_ERROR, S_OK, withHostileStore } from './hostile-store.js';

const THREADS = 50;
const CALLS = 1000;

describe('calls from fifty threads', () => {
  const flood = () =>
    scenario()
      .threads(THREADS, (step) => step.repeat(CALLS, (one) => one.progress('Inbox', '#', CALLS)))
      .threads(THREADS, (step) => step.repeat(100, (one) => one.error(MAPI_E_NETWORK_ERROR, 'gone')))
      .done(S_OK);

  it('are all counted where the latest are delivered', () =>
    withHostileStore(flood(), async ({ synchronize }) => {
      const run = synchronize();
      expect(await endOf(run)).toEqual(ended.succeeded());
      expect(run.result).toMatchObject({ updates: THREADS * CALLS, problemCount: THREADS * 100 });
    }));

  it('are all delivered where every one is, in the order of each thread', () =>
    withHostileStore(flood(), async ({ synchronize }) => {
      const run = synchronize({ delivery: 'every' });
      let calls = 0;
      let problems = 0;
      const seen = new Array<number>(CALLS + 1).fill(0);
      run.on('progress', ({ index }) => {
        calls += 1;
        seen[index] = (seen[index] as number) + 1;
      });
      run.on('problem', () => {
        problems += 1;
      });
      expect(await endOf(run)).toEqual(ended.succeeded());
      expect(calls).toBe(THREADS * CALLS);
      expect(problems).toBe(THREADS * 100);
      expect(seen.slice(1).every((times) => times === THREADS)).toBe(true);
    }));

  it('stop soon when the run is cancelled', () =>
    withHostileStore(
      scenario()
        .threads(THREADS, (step) => step.repeat(100_000_000, (one) => one.progress('Inbox', 1, 2)))
        .done(S_OK),
      async ({ synchronize }) => {
        const run = synchronize({ delivery: 'every' });
        const end = endOf(run);
        run.once('progress', () => run.cancel());
        expect(await end).toEqual(ended.cancelled());
        await run[Symbol.asyncDispose]();
      },
    ));
});

describe('a call from inside another call', () => {
  it('is a call like any other', () =>
    withHostileStore(
      scenario()
        .nested()
        .returns(S_OK)
        .nested()
        .threads(10, (step) => step.nested())
        .done(S_OK),
      async ({ synchronize }) => {
        const run = synchronize({ delivery: 'every' });
        expect(await endOf(run)).toEqual(ended.succeeded());
        expect(run.result?.updates).toBeGreaterThanOrEqual(12);
      },
    ));
});

describe('a provider that waits for its own window message', () => {
  it('on the thread that makes the call', () =>
    withHostileStore(scenario().pumpMessage().progress('Inbox', 1, 1).returns(S_OK).done(S_OK), async (hostile) => {
      expect(await endOf(hostile.synchronize())).toEqual(ended.succeeded());
    }));

  it('on a thread of its own', () =>
    withHostileStore(
      scenario()
        .repeat(10, (step) => step.pumpMessage())
        .done(S_OK),
      async ({ synchronize }) => {
        expect(await endOf(synchronize())).toEqual(ended.succeeded());
      },
    ));

  it('in a window of the thread that opened the store, which pumps', () =>
    withHostileStore(
      scenario()
        .repeat(10, (step) => step.sendMessage())
        .done(S_OK),
      async ({ synchronize }) => {
        expect(await endOf(synchronize())).toEqual(ended.succeeded());
      },
    ));

  it('in that window, inside the call', () =>
    withHostileStore(scenario().sendMessage().returns(S_OK).done(S_OK), async ({ synchronize }) => {
      expect(await endOf(synchronize())).toEqual(ended.succeeded());
    }));
});
