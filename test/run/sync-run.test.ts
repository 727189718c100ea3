import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MapiError, SyncError, SyncTimeoutError } from '../../src/errors.js';
import { EndReason } from '../../src/native/binding.js';
import type { SyncEvent, SyncResult } from '../../src/run/events.js';
import type { SyncRun } from '../../src/run/sync-run.js';
import { startRun, turnsOfTheLoop } from '../support/start-run.js';

const NETWORK_ERROR = 0x80040115;

/** Collects what surfaces in the process while a test runs, which would otherwise fail it. */
function surfacing(): { uncaught: unknown[]; unhandled: unknown[] } {
  const caught = { uncaught: [] as unknown[], unhandled: [] as unknown[] };
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => process.listeners(event as 'uncaughtException'));
  for (const event of events) process.removeAllListeners(event);
  process.on('uncaughtException', (error) => caught.uncaught.push(error));
  process.on('unhandledRejection', (reason) => caught.unhandled.push(reason));
  restore = () => {
    events.forEach((event, index) => {
      process.removeAllListeners(event);
      for (const listener of before[index] ?? []) process.on(event as 'uncaughtException', listener);
    });
  };
  return caught;
}

let restore = (): void => {};
afterEach(() => {
  restore();
  restore = () => {};
});

function record(run: SyncRun): SyncEvent[] {
  const events: SyncEvent[] = [];
  run.on('start', (event) => events.push(event));
  run.on('progress', (event) => events.push(event));
  run.on('problem', (event) => events.push(event));
  run.on('end', (event) => events.push(event));
  return events;
}

const failureOf = (run: SyncRun): Promise<unknown> =>
  run.then(
    () => expect.unreachable('the run succeeded'),
    (reason: unknown) => reason,
  );

describe('a run as a promise', () => {
  it('is a native promise whose derived promises are plain ones', async () => {
    const { run, native } = startRun();
    expect(run).toBeInstanceOf(Promise);
    const derived = run.then(() => 'derived');
    expect(Object.getPrototypeOf(derived)).toBe(Promise.prototype);
    expect(Object.getPrototypeOf(run.finally(() => {}))).toBe(Promise.prototype);
    native.start().doneWith(0);
    expect(await derived).toBe('derived');
    expect(await Promise.race([run])).toBe(run.result);
  });

  it('shows itself as a SyncRun', () => {
    const { run } = startRun();
    expect(inspect(run)).toMatch(/^SyncRun \[Promise\] \{/);
    expect('then' in run && 'emit' in run).toBe(false);
  });

  it('resolves with what came of it', async () => {
    const { run, native } = startRun();
    native
      .start(0xc3, 1000)
      .progress('Inbox', 1, 4, 1100)
      .problem(0x00040680, 'one left', 1200)
      .progress(null, 2, 4, 1300)
      .doneWith(0, 1500);
    const result = await run;
    const expected: SyncResult = {
      outcome: 'succeeded',
      engine: 'imapisync',
      hresult: 0,
      code: 'S_OK',
      problems: [
        {
          type: 'problem',
          severity: 'warning',
          hresult: 0x00040680,
          code: 'MAPI_W_PARTIAL_COMPLETION',
          message: 'one left',
          at: 1200,
        },
      ],
      problemCount: 1,
      updates: 2,
      lastProgress: { type: 'progress', message: 'Inbox', index: 2, max: 4, fraction: 0.5, at: 1300 },
      durationMs: 500,
    };
    expect(result).toEqual(expected);
    expect(run.result).toBe(result);
  });

  it('settles after listeners have been called with everything before the end and with the end', async () => {
    const { run, native } = startRun({ every: true });
    const events = record(run);
    let seen: string[] = [];
    void run.then(() => {
      seen = events.map((event) => event.type);
    });
    native.start();
    for (let index = 0; index < 3000; index += 1) native.progress('x', index, 3000);
    native.doneWith(0);
    await run;
    await turnsOfTheLoop(1);
    expect(seen).toHaveLength(3002);
    expect(seen.at(-1)).toBe('end');
  });

  it('does not wait for an iterator that is not being read, nor for the bound it is over', async () => {
    const { run, native } = startRun({ every: true });
    const iterator = run[Symbol.asyncIterator]();
    const first = iterator.next();
    native.start();
    for (let index = 0; index < 20000; index += 1) native.progress('x', index, 20000);
    await first;
    await turnsOfTheLoop(20);
    expect(native.undelivered).toBeGreaterThan(10000);
    native.doneWith(0);
    expect(await run).toMatchObject({ outcome: 'succeeded', updates: 20000 });
  });

  it('has its result and its state already when end listeners are called', async () => {
    const { run, native } = startRun();
    const seen = new Promise((resolve) => run.on('end', () => resolve([run.state, run.result?.outcome])));
    native.start().doneWith(0);
    expect(await seen).toEqual(['ended', 'succeeded']);
  });

  it('goes from starting over running to ended', async () => {
    const { run, native } = startRun();
    expect([run.state, run.latest, run.result]).toEqual(['starting', null, null]);
    native.start();
    await turnsOfTheLoop();
    expect(run.state).toBe('running');
    native.doneWith(0);
    await run;
    expect(run.state).toBe('ended');
  });

  it('offers the newest progress whether somebody listens or not, as one object', async () => {
    const { run, native } = startRun();
    native.start().progress('Inbox', 3, 0, 77);
    await turnsOfTheLoop();
    const { latest } = run;
    expect(latest).toEqual({ type: 'progress', message: 'Inbox', index: 3, max: 0, fraction: null, at: 77 });
    expect(run.latest).toBe(latest);
    const events = record(run);
    native.progress('Inbox', 4, 0);
    await turnsOfTheLoop();
    expect(events[0]).toBe(run.latest);
    run.cancel();
  });
});

describe('progress', () => {
  it.each([
    [0, 0, null],
    [5, 0, null],
    [0, 10, 0],
    [5, 10, 0.5],
    [10, 10, 1],
    [11, 10, 1],
    [0xffffffff, 0xffffffff, 1],
    [1, 0xffffffff, 1 / 0xffffffff],
  ])('at %d of %d has the fraction %s', async (index, max, fraction) => {
    const { run, native } = startRun();
    native.start().progress(null, index, max).doneWith(0);
    expect((await run).lastProgress).toMatchObject({ message: null, index, max, fraction });
  });

  it('has the last text that was not NULL, and tells an empty one from NULL', async () => {
    const { run, native } = startRun({ every: true });
    const events = record(run);
    native
      .start()
      .progress(null, 0, 1)
      .progress('A', 0, 1)
      .progress(null, 0, 1)
      .progress('', 0, 1)
      .progress(null, 0, 1);
    native.doneWith(0);
    await run;
    expect(events.flatMap((event) => (event.type === 'progress' ? [event.message] : []))).toEqual([
      null,
      'A',
      'A',
      '',
      '',
    ]);
  });

  it('has the time of the call in milliseconds since the epoch', async () => {
    const { run, native } = startRun();
    native.start().progress('x', 1, 2, 1795000000123).doneWith(0);
    expect((await run).lastProgress?.at).toBe(1795000000123);
  });
});

describe('how a run ends', () => {
  it.each([
    [0, 'S_OK'],
    [0x00040680, 'MAPI_W_PARTIAL_COMPLETION'],
    [0x0004ffff, '0x0004FFFF'],
  ])('Done with the success code %d resolves with the code %s', async (hresult, code) => {
    const { run, native } = startRun();
    const events = record(run);
    native.start().doneWith(hresult);
    expect(await run).toMatchObject({ outcome: 'succeeded', code, hresult });
    expect(events.at(-1)).toMatchObject({ type: 'end', outcome: 'succeeded', code, hresult });
  });

  it.each([
    [
      EndReason.DONE,
      NETWORK_ERROR,
      SyncError,
      'failed',
      'IMAPISyncProgressCallback::Done',
      'MAPI_E_NETWORK_ERROR',
      NETWORK_ERROR,
    ],
    [
      EndReason.DONE,
      0x80040113,
      SyncError,
      'failed',
      'IMAPISyncProgressCallback::Done',
      'MAPI_E_USER_CANCEL',
      0x80040113,
    ],
    [
      EndReason.CALL_FAILED,
      0x8004010b,
      SyncError,
      'failed',
      'IMAPISync::SynchronizeInBackground',
      'MAPI_E_BUSY',
      0x8004010b,
    ],
    [EndReason.NO_RESULT, 0, SyncError, 'failed', 'IMAPISyncProgressCallback::Done', 'SYNC_NO_RESULT', 0x80004005],
    [
      EndReason.TIMEOUT,
      0,
      SyncTimeoutError,
      'timed-out',
      'IMAPISync::SynchronizeInBackground',
      'SYNC_TIMEOUT',
      0x80040401,
    ],
    [
      EndReason.STALLED,
      0,
      SyncTimeoutError,
      'timed-out',
      'IMAPISync::SynchronizeInBackground',
      'SYNC_STALLED',
      0x80040401,
    ],
    [
      EndReason.READER_STALLED,
      0,
      SyncTimeoutError,
      'timed-out',
      'IMAPISync::SynchronizeInBackground',
      'SYNC_READER_STALLED',
      0x80040401,
    ],
  ])('reason %d with 0x%x rejects', async (reason, hresult, type, outcome, operation, code, expected) => {
    const { run, native } = startRun();
    const events = record(run);
    native.start(1, 1000).progress('Inbox', 1, 2).end(reason, hresult, { at: 1400 });
    const failure = (await failureOf(run)) as SyncError;
    expect(failure.constructor).toBe(type);
    expect(failure).toBeInstanceOf(MapiError);
    expect(failure).toMatchObject({ operation, code, hresult: expected, detail: null });
    expect(failure.result).toBe(run.result);
    expect(failure.result).toMatchObject({ outcome, code, hresult: expected, updates: 1, durationMs: 400 });
    expect(events.at(-1)).toMatchObject({ type: 'end', outcome, code, hresult: expected, durationMs: 400 });
    expect(failure.message).toContain(code);
  });

  it('says what the provider said: GetLastError, a problem of the same code, the Done that the call overruled', async () => {
    const first = startRun();
    first.native.start().end(EndReason.CALL_FAILED, NETWORK_ERROR, { text: 'socket closed', doneHresult: 0x8004010b });
    const failure = (await failureOf(first.run)) as SyncError;
    expect(failure.detail).toBe('socket closed');
    expect(failure.message).toBe(
      'IMAPISync::SynchronizeInBackground: MAPI_E_NETWORK_ERROR (0x80040115): network error; socket closed; Done brought MAPI_E_BUSY (0x8004010B)',
    );
    const second = startRun();
    second.native.start().problem(NETWORK_ERROR, 'server is gone').doneWith(NETWORK_ERROR);
    expect(((await failureOf(second.run)) as SyncError).message).toBe(
      'IMAPISyncProgressCallback::Done: MAPI_E_NETWORK_ERROR (0x80040115): network error; server is gone',
    );
  });

  it('names the operation that failed, where the call could not be made', async () => {
    const { run, native } = startRun();
    native.start().end(EndReason.NOT_CALLED, 0x8007000e, { text: 'MAPIInitialize' });
    const failure = (await failureOf(run)) as SyncError;
    expect(failure.constructor).toBe(SyncError);
    expect(failure).toMatchObject({ operation: 'MAPIInitialize', hresult: 0x8007000e, detail: null });
    expect(failure.result).toMatchObject({ outcome: 'failed', hresult: 0x8007000e });
    expect(failure.message).toMatch(/^MAPIInitialize: /);
    expect(failure.message.match(/MAPIInitialize/g)).toHaveLength(1);
  });

  it("has the stack of the caller of synchronize, not the event loop's", async () => {
    const { run, native } = startRun();
    native.start().doneWith(NETWORK_ERROR);
    const failure = (await failureOf(run)) as Error;
    expect(failure.stack).toMatch(/^SyncError: IMAPISyncProgressCallback::Done/);
    expect(failure.stack).toContain('sync-run.test.ts');
    expect(failure.stack).not.toContain('event-pump');
  });

  it('never has a negative duration, whatever the clock does', async () => {
    const { run, native } = startRun();
    native.start(1, 9000).doneWith(0, 1000);
    expect((await run).durationMs).toBe(0);
  });
});

describe('cancelling', () => {
  it('rejects with the reason that was given, any value, and the first one wins', async () => {
    const { run, native } = startRun();
    native.start();
    run.cancel('because');
    run.cancel('again');
    expect(await failureOf(run)).toBe('because');
    expect(run.result).toMatchObject({ outcome: 'cancelled', code: 'SYNC_CANCELLED', hresult: 0x80040113 });
  });

  it('rejects with an AbortError where no reason was given', async () => {
    const { run } = startRun();
    run.cancel();
    expect(await failureOf(run)).toMatchObject({ name: 'AbortError' });
  });

  it("rejects with the signal's reason, and leaves no listener behind", async () => {
    const controller = new AbortController();
    const removed = vi.spyOn(controller.signal, 'removeEventListener');
    const added = vi.spyOn(controller.signal, 'addEventListener');
    const reason = new Error('enough');
    const { run, native } = startRun({ signal: controller.signal });
    const events = record(run);
    native.start();
    await turnsOfTheLoop();
    controller.abort(reason);
    expect(await failureOf(run)).toBe(reason);
    expect(events.at(-1)).toMatchObject({ outcome: 'cancelled', message: 'enough' });
    expect(removed).toHaveBeenCalledWith('abort', added.mock.calls[0]?.[1]);
  });

  it('listens to the signal no longer when it has succeeded', async () => {
    const controller = new AbortController();
    const removed = vi.spyOn(controller.signal, 'removeEventListener');
    const { run, native } = startRun({ signal: controller.signal });
    native.start().doneWith(0);
    await run;
    expect(removed).toHaveBeenCalledTimes(1);
    controller.abort();
    expect(run.result?.outcome).toBe('succeeded');
  });

  it('does nothing after the end', async () => {
    const { run, native } = startRun();
    native.start().doneWith(0);
    await run;
    run.cancel('late');
    expect(run.result?.outcome).toBe('succeeded');
  });

  it('settles at once although an iterator holds the provider', async () => {
    const { run, native } = startRun({ every: true });
    void run[Symbol.asyncIterator]().next();
    native.start();
    for (let index = 0; index < 10000; index += 1) native.progress('x', index, 1);
    await turnsOfTheLoop(10);
    expect(native.undelivered).toBeGreaterThan(0);
    run.cancel();
    expect(await failureOf(run)).toMatchObject({ name: 'AbortError' });
  });

  it('disposing cancels, waits for the provider within the grace time, and never rejects', async () => {
    const { run, native } = startRun({ graceMs: 1234 });
    native.start();
    native.letsGo = false;
    await run[Symbol.asyncDispose]();
    expect(run.result?.outcome).toBe('cancelled');
    expect(native.graces).toEqual([1234]);
    await run[Symbol.asyncDispose]();
  });

  it('disposing a run that has ended waits for its provider alone', async () => {
    const { run, native } = startRun();
    native.start().doneWith(0);
    await run;
    await run[Symbol.asyncDispose]();
    expect(run.result?.outcome).toBe('succeeded');
    expect(native.graces).toHaveLength(1);
  });
});

describe('whether a rejection is handled', () => {
  // What `watch` answers is not awaited: it may be the run itself, which would count.
  const fail = async (watch: (run: SyncRun) => unknown): Promise<unknown[]> => {
    const caught = surfacing();
    const { run, native } = startRun();
    void watch(run);
    native.start().doneWith(NETWORK_ERROR);
    await turnsOfTheLoop(6);
    return caught.unhandled;
  };

  it('is not, where nobody watches', async () => {
    expect(await fail(() => {})).toHaveLength(1);
  });

  it('is not, where only progress is listened to', async () => {
    expect(await fail((run) => run.on('progress', () => {}))).toHaveLength(1);
  });

  it('is, where the run is awaited', async () => {
    expect(await fail((run) => void run.catch(() => {}))).toHaveLength(0);
  });

  it('is, where there is an end listener, even for once', async () => {
    expect(await fail((run) => run.on('end', () => {}))).toHaveLength(0);
    expect(await fail((run) => run.once('end', () => {}))).toHaveLength(0);
  });

  it('is not, where the end listener has been removed', async () => {
    const listener = (): void => {};
    expect(await fail((run) => run.on('end', listener).off('end', listener))).toHaveLength(1);
  });

  it('is, where an iterator is active', async () => {
    expect(await fail((run) => void run[Symbol.asyncIterator]().next())).toHaveLength(0);
  });

  it('is not, where an iterator was made and not begun, or has left', async () => {
    expect(await fail((run) => run[Symbol.asyncIterator]())).toHaveLength(1);
    expect(
      await fail((run) => {
        const iterator = run[Symbol.asyncIterator]();
        void iterator.next();
        void iterator.return?.();
      }),
    ).toHaveLength(1);
  });

  it('is, where the run was asked to end by cancel or dispose', async () => {
    expect(await fail((run) => run.cancel())).toHaveLength(0);
    expect(await fail((run) => void run[Symbol.asyncDispose]())).toHaveLength(0);
  });

  it("is not, where a signal's abort ended it", async () => {
    const caught = surfacing();
    const { native } = startRun({ signal: AbortSignal.timeout(1) });
    native.start();
    await delay(20);
    await turnsOfTheLoop(6);
    expect(caught.unhandled).toMatchObject([{ name: 'TimeoutError' }]);
  });
});

describe('listeners', () => {
  it('are called in the order of their adding, with each event of their type', async () => {
    const { run, native } = startRun({ every: true });
    const calls: string[] = [];
    run
      .on('progress', (event) => calls.push(`a${event.index}`))
      .on('progress', (event) => calls.push(`b${event.index}`));
    run.once('progress', (event) => calls.push(`once${event.index}`));
    native.start().progress('x', 1, 3).progress('x', 2, 3).doneWith(0);
    await run;
    expect(calls).toEqual(['a1', 'b1', 'once1', 'a2', 'b2']);
  });

  it('may be removed, the one that was added last first', async () => {
    const { run, native } = startRun({ every: true });
    const listener = vi.fn();
    run.on('progress', listener).on('progress', listener).off('progress', listener);
    run.off('problem', listener);
    native.start().progress('x', 1, 3).doneWith(0);
    await run;
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('that throw are reported as uncaught, and the run goes on', async () => {
    const caught = surfacing();
    const { run, native } = startRun({ every: true });
    const others = vi.fn();
    run.on('progress', (event) => {
      throw new Error(`at ${event.index}`);
    });
    run.on('progress', others);
    run.on('end', () => {
      throw new Error('at the end');
    });
    native.start().progress('x', 1, 2).progress('x', 2, 2).doneWith(0);
    expect(await run).toMatchObject({ outcome: 'succeeded' });
    await turnsOfTheLoop();
    expect(caught.uncaught.map(String)).toEqual(['Error: at 1', 'Error: at 2', 'Error: at the end']);
    expect(others).toHaveBeenCalledTimes(2);
  });

  it('added after the end are called with the end once, in a microtask', async () => {
    const { run, native } = startRun();
    native.start().progress('x', 1, 1).doneWith(0);
    await run;
    const late = vi.fn();
    const removed = vi.fn();
    const others = vi.fn();
    run.on('end', late).on('end', removed).off('end', removed).on('progress', others).on('start', others);
    expect(late).not.toHaveBeenCalled();
    await Promise.resolve();
    expect(late).toHaveBeenCalledTimes(1);
    await turnsOfTheLoop();
    expect(late).toHaveBeenCalledTimes(1);
    expect(late.mock.calls[0]?.[0]).toMatchObject({ type: 'end', outcome: 'succeeded' });
    expect(removed).not.toHaveBeenCalled();
    expect(others).not.toHaveBeenCalled();
  });

  it('added in an end listener are told of the end too', async () => {
    const { run, native } = startRun();
    const inner = vi.fn();
    run.on('end', () => run.on('end', inner));
    native.start().doneWith(0);
    await run;
    await turnsOfTheLoop();
    expect(inner).toHaveBeenCalledTimes(1);
  });

  it('have to be functions, for events that exist', () => {
    const { run } = startRun();
    expect(() => run.on('finish' as 'end', () => {})).toThrow(/type must be one of .* got 'finish'/);
    expect(() => run.on('end', 'x' as never)).toThrow(/listener must be a function; got 'x'/);
    run.cancel();
  });
});

describe('the process', () => {
  it('is kept alive by a run, unless it is unref’d', () => {
    const { run, native } = startRun();
    expect(native.isReffed).toBe(true);
    expect(run.unref()).toBe(run);
    expect(native.isReffed).toBe(false);
    expect(run.ref()).toBe(run);
    expect(native.isReffed).toBe(true);
    run.cancel();
  });
});

describe('problems', () => {
  it('are kept to the first and the last 1000, and counted', async () => {
    const { run, native } = startRun({ every: true });
    native.start();
    for (let index = 0; index < 2500; index += 1) native.problem(NETWORK_ERROR, `problem ${index}`);
    native.leftOut(7).doneWith(0);
    const { problems, problemCount } = await run;
    expect(problemCount).toBe(2507);
    expect(problems).toHaveLength(2000);
    expect(problems[999]?.message).toBe('problem 999');
    expect(problems[1000]?.message).toBe('problem 1500');
    expect(problems.at(-1)?.message).toBe('problem 2499');
  });

  it('are warnings where the code is a success, and have no message where the provider passed NULL', async () => {
    const { run, native } = startRun();
    native.start().problem(0, null).problem(0x8004ffff, '').doneWith(0);
    expect((await run).problems).toMatchObject([
      { severity: 'warning', code: 'S_OK', message: null },
      { severity: 'error', code: '0x8004FFFF', message: '' },
    ]);
  });
});

describe('a flood', () => {
  it("leaves the event loop its turns, in 'every' with a listener", async () => {
    const { run, native } = startRun({ every: true });
    let seen = 0;
    let turns = 0;
    run.on('progress', () => {
      seen += 1;
      for (const until = performance.now() + 0.05; performance.now() < until; );
    });
    native.start();
    for (let index = 0; index < 1000; index += 1) native.progress('x', index, 1);
    native.doneWith(0);
    let over = false;
    void run.then(() => {
      over = true;
    });
    while (!over) {
      turns += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(seen).toBe(1000);
    expect(turns).toBeGreaterThan(10);
  });

  it("is looked at now and then in 'latest', and its end at once", async () => {
    const { run, native } = startRun();
    native.start();
    let more = true;
    const original = native.take.bind(native);
    vi.spyOn(native, 'take').mockImplementation((words, texts) => {
      const count = original(words, texts);
      if (more) native.progress('x', 1, 2);
      return count;
    });
    await delay(40);
    expect(native.takes).toBeGreaterThan(2);
    expect(native.takes).toBeLessThan(40);
    more = false;
    native.doneWith(0);
    await run;
  });
});
