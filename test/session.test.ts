import { describe, expect, it, vi } from 'vitest';
import { MapiError, MapiUnavailableError, SyncError } from '../src/errors.js';
import { EndReason } from '../src/native/binding.js';
import type { SyncEvent } from '../src/run/events.js';
import type { SyncRun } from '../src/run/sync-run.js';
import { type Session, sessionOf } from '../src/session.js';
import { nativeFailure, row, ScriptedNativeSession } from './support/scripted-native-session.js';
import { turnsOfTheLoop } from './support/start-run.js';

const ROWS = [
  row('Archive', 'A1'),
  row('Mailbox', 'B2', { isDefault: true, providerName: 'Exchange' }),
  row('Shared', 'C3'),
  row('Shared', 'D4'),
];

function start(rows = ROWS): { session: Session; native: ScriptedNativeSession } {
  const native = new ScriptedNativeSession(rows);
  return { session: sessionOf(native, 5000), native };
}

describe('a session', () => {
  it('says what MAPI said of it', () => {
    const { session } = start();
    expect(session.profile).toBe('Somebody');
    expect(session.mapi).toEqual({ path: 'C:\\mapi.dll', version: '1.0', bits: 64, foundBy: 'the caller’s path' });
  });

  it('lists its stores', async () => {
    expect(await start().session.stores()).toEqual(ROWS);
  });

  it('opens the default store, one by entry id in either case, one by display name', async () => {
    const { session } = start();
    expect((await session.openStore()).info).toEqual(ROWS[1]);
    expect((await session.openStore({ entryId: 'a1' })).info).toEqual(ROWS[0]);
    expect((await session.openStore({ displayName: 'Archive' })).info).toEqual(ROWS[0]);
  });

  it('says which stores there are, where a name matches none', async () => {
    const failure = (await start()
      .session.openStore({ displayName: 'archive' })
      .catch((error: unknown) => error)) as MapiError;
    expect(failure).toBeInstanceOf(MapiError);
    expect(failure).toMatchObject({ code: 'MAPI_E_NOT_FOUND', operation: 'IMAPISession::OpenMsgStore' });
    expect(failure.message).toBe(
      "IMAPISession::OpenMsgStore: no store is called 'archive'; the stores are 'Archive', 'Mailbox', 'Shared', 'Shared'",
    );
    expect(failure.stack).toContain('session.test.ts');
  });

  it('refuses a name that matches several, and names them', async () => {
    await expect(start().session.openStore({ displayName: 'Shared' })).rejects.toMatchObject({
      code: 'MAPI_E_AMBIGUOUS_RECIP',
      hresult: 0x80040700,
      message: expect.stringContaining("2 stores are called 'Shared'") as string,
    });
  });

  it('says so where there is no default store, or no store at all', async () => {
    await expect(start([row('A', 'A1')]).session.openStore()).rejects.toMatchObject({
      code: 'MAPI_E_NOT_FOUND',
      message: expect.stringContaining("no default store; the stores are 'A'") as string,
    });
    await expect(start([]).session.openStore()).rejects.toThrow('the profile has no stores');
  });

  it('names twenty stores of ten thousand', async () => {
    const rows = Array.from({ length: 10000 }, (_, index) => row(`S${index}`, 'A1'));
    const failure = (await start(rows)
      .session.openStore({ displayName: 'x' })
      .catch((error: unknown) => error)) as Error;
    expect(failure.message).toContain("'S19' and 9980 more");
    expect(failure.message.length).toBeLessThan(400);
  });

  it.each([
    [{ entryId: 'XY' }, RangeError, /selector\.entryId .* got 'XY'/],
    [{ entryId: 'ABC' }, RangeError, /pairs of hex digits/],
    [{ entryId: '' }, RangeError, /selector\.entryId/],
    [{ entryId: 12 }, TypeError, /selector\.entryId must be a string; got 12/],
    [{ displayName: 1 }, TypeError, /selector\.displayName/],
    [{}, TypeError, /either entryId or displayName; got \{\}/],
    [{ entryId: 'AB', displayName: 'x' }, TypeError, /either entryId or displayName/],
    [{ name: 'x' }, TypeError, /selector\.name is unknown: selector can have entryId, displayName; got 'x'/],
    ['Archive', TypeError, /selector must be an object; got 'Archive'/],
    [null, TypeError, /selector must be an object; got null/],
  ])('refuses the selector %o before MAPI is touched', async (selector, type, message) => {
    const { session, native } = start();
    const failure = await session.openStore(selector as never).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(type);
    expect((failure as Error).message).toMatch(message);
    expect(native.answer).toBeUndefined();
  });

  it("turns native failures into public errors with the caller's stack", async () => {
    const { session, native } = start();
    native.failure = nativeFailure('IMAPISession::GetMsgStoresTable', 0x80040115);
    const failure = (await session.stores().catch((error: unknown) => error)) as MapiError;
    expect(failure).toBeInstanceOf(MapiError);
    expect(failure).not.toBeInstanceOf(MapiUnavailableError);
    expect(failure).toMatchObject({ code: 'MAPI_E_NETWORK_ERROR', operation: 'IMAPISession::GetMsgStoresTable' });
    expect(failure.stack).toContain('session.test.ts');
    expect(failure.stack).not.toContain('errors.ts');
  });

  it('gives a request up when its signal says so, with the reason, and leaves no listener behind', async () => {
    const { session, native } = start();
    native.waitForAnswer = true;
    const controller = new AbortController();
    const removed = vi.spyOn(controller.signal, 'removeEventListener');
    const request = session.openStore({ entryId: 'A1' }, { signal: controller.signal });
    await turnsOfTheLoop(1);
    controller.abort('enough');
    await expect(request).rejects.toBe('enough');
    expect(native.abandonedRequests).toBe(1);

    native.waitForAnswer = false;
    const another = new AbortController();
    const alsoRemoved = vi.spyOn(another.signal, 'removeEventListener');
    await session.stores({ signal: another.signal });
    expect(alsoRemoved).toHaveBeenCalledTimes(1);
    expect(removed).toHaveBeenCalledTimes(0);
    await expect(session.stores({ signal: AbortSignal.abort('before') })).rejects.toBe('before');
  });

  it('refuses calls after its close, which happens once and cancels what runs', async () => {
    const { session, native } = start();
    const store = await session.openStore();
    const run = store.synchronize();
    native.openStores[0]?.runs[0]?.start();
    await turnsOfTheLoop();
    const closing = session.close();
    expect(session.close()).toBe(closing);
    await closing;
    await session[Symbol.asyncDispose]();
    expect(native.closes).toEqual([5000]);
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    const closed = { code: 'MAPI_CLOSED', hresult: 0x80040108 };
    await expect(session.stores()).rejects.toMatchObject(closed);
    await expect(session.openStore()).rejects.toMatchObject(closed);
    await expect(store.synchronize()).rejects.toMatchObject(closed);
    await store.close();
  });

  it('closes a store that comes after its close', async () => {
    const { session, native } = start();
    native.waitForAnswer = true;
    const opening = session.openStore({ entryId: 'A1' });
    await turnsOfTheLoop(1);
    const closing = session.close();
    native.answer?.();
    await expect(opening).rejects.toMatchObject({ code: 'MAPI_CLOSED' });
    await closing;
    expect(native.openStores[0]?.closes).toEqual([5000]);
  });

  it('warns of what it had to leave behind', async () => {
    const { session, native } = start();
    native.abandonedRuns = 2;
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    await session.close();
    expect(warned).toHaveBeenCalledWith(
      expect.stringContaining('2 provider calls'),
      expect.objectContaining({ code: 'MAPI_ABANDONED' }),
    );
    warned.mockRestore();
  });
});

describe('a store', () => {
  const open = async (canSynchronize = true) => {
    const { session, native } = start();
    native.canSynchronize = canSynchronize;
    const store = await session.openStore();
    const [opened] = native.openStores;
    if (opened === undefined) throw new Error('nothing was opened');
    return { session, store, native: opened };
  };

  const eventsOf = async (run: SyncRun): Promise<SyncEvent[]> => {
    const events: SyncEvent[] = [];
    for (const type of ['start', 'progress', 'problem', 'end'] as const) run.on(type, (event) => events.push(event));
    await run.catch(() => {});
    return events;
  };

  it.each([
    [{}, 0x200000c3],
    [{ direction: 'upload' }, 0x20000041],
    [{ direction: 'download' }, 0x20000082],
    [{ scope: 'hierarchy' }, 0x20000003],
    [{ scope: 'contents' }, 0x200000c0],
    [{ direction: 'download', scope: 'contents', headersOnly: true }, 0x22000080],
    [{ background: true }, 0xc3],
    [{ outgoing: true, background: true }, 0x2c3],
    [{ flags: 0 }, 0],
    [{ flags: 0xffffffff }, 0xffffffff],
  ] as const)('with %o is synchronised with the flags 0x%x', async (options, flags) => {
    const { store, native } = await open();
    store.synchronize(options).cancel();
    expect(native.runs[0]?.options).toEqual({ flags, every: false, timeoutMs: 0, stallMs: 0, holdMs: 60000 });
  });

  it('hands times and delivery on', async () => {
    const { store, native } = await open();
    store.synchronize({ delivery: 'every', timeoutMs: 1, stallMs: 2, holdMs: 2147483647 }).cancel();
    expect(native.runs[0]?.options).toMatchObject({ every: true, timeoutMs: 1, stallMs: 2, holdMs: 2147483647 });
  });

  it.each([
    [{ flags: -1 }, RangeError, 'options.flags must be an integer from 0 to 4294967295; got -1'],
    [{ flags: 2 ** 32 }, RangeError, 'got 4294967296'],
    [{ flags: 1.5 }, RangeError, 'got 1.5'],
    [{ flags: '1' }, TypeError, "options.flags must be a number; got '1'"],
    [{ flags: 1, direction: 'both' }, TypeError, 'options.direction must be left out where options.flags is given'],
    [{ flags: 1, outgoing: false }, TypeError, 'options.outgoing must be left out where options.flags is given'],
    [{ direction: 'up' }, TypeError, "options.direction must be one of 'both', 'upload', 'download'; got 'up'"],
    [{ scope: null }, TypeError, 'options.scope'],
    [{ headersOnly: 1 }, TypeError, 'options.headersOnly must be true or false; got 1'],
    [{ timeoutMs: 0 }, RangeError, 'options.timeoutMs must be an integer from 1 to 2147483647; got 0'],
    [{ stallMs: Number.NaN }, RangeError, 'got NaN'],
    [{ holdMs: 2147483648 }, RangeError, 'options.holdMs'],
    [{ delivery: 'all' }, TypeError, 'options.delivery'],
    [{ engine: 'pop3' }, TypeError, 'options.engine'],
    [{ signal: {} }, TypeError, 'options.signal must be an AbortSignal; got {}'],
    [{ timeout: 5 }, TypeError, 'options.timeout is unknown: options can have direction,'],
    [[], TypeError, 'options must be an object; got []'],
    ['all', TypeError, "options must be an object; got 'all'"],
  ])('throws at once for %o', async (options, type, message) => {
    const { store, native } = await open();
    expect(() => store.synchronize(options as never)).toThrow(type);
    expect(() => store.synchronize(options as never)).toThrow(message);
    expect(native.runs).toHaveLength(0);
  });

  it('takes undefined for an option that is left out', async () => {
    const { store, native } = await open();
    store.synchronize({ flags: undefined, direction: undefined, signal: undefined }).cancel();
    expect(native.runs[0]?.options?.flags).toBe(0x200000c3);
  });

  it.each([
    ['imapisync', 'imapisync', 'IMsgStore::QueryInterface', 'MAPI_E_INTERFACE_NOT_SUPPORTED', 0x80004002],
    ['auto', 'transport', 'IMAPIStatus::FlushQueues', 'MAPI_E_NO_SUPPORT', 0x80040102],
    ['transport', 'transport', 'IMAPIStatus::FlushQueues', 'MAPI_E_NO_SUPPORT', 0x80040102],
  ] as const)(
    'without IMAPISync fails with the engine %s, and calls nothing',
    async (engine, ran, operation, code, hresult) => {
      const { store, native } = await open(false);
      const run = store.synchronize({ engine });
      const events = await eventsOf(run);
      expect(native.runs).toHaveLength(0);
      expect(events).toMatchObject([
        { type: 'start', flags: 0x200000c3, engine: ran },
        { type: 'end', outcome: 'failed', code, hresult },
      ]);
      await expect(run).rejects.toMatchObject({ operation, code, hresult, result: { engine: ran, updates: 0 } });
      await expect(run).rejects.toBeInstanceOf(SyncError);
    },
  );

  it("with IMAPISync uses it for 'auto', and has no 'transport' in this version", async () => {
    const { store, native } = await open();
    store.synchronize({ engine: 'auto' }).cancel();
    expect(native.runs).toHaveLength(1);
    await expect(store.synchronize({ engine: 'transport' })).rejects.toMatchObject({
      code: 'MAPI_E_NO_SUPPORT',
      hint: expect.stringContaining('IMAPISync alone') as string,
    });
  });

  it('aborted before it began, a run calls nothing and has its start and its end', async () => {
    const { store, native } = await open();
    const run = store.synchronize({ signal: AbortSignal.abort('no') });
    expect(await eventsOf(run)).toMatchObject([{ type: 'start' }, { type: 'end', outcome: 'cancelled' }]);
    await expect(run).rejects.toBe('no');
    expect(native.runs).toHaveLength(0);
  });

  it('cancels its runs when it is closed, once, and refuses more', async () => {
    const { store, native } = await open();
    const runs = [store.synchronize(), store.synchronize()];
    const closing = store.close();
    expect(store.close()).toBe(closing);
    await closing;
    await store[Symbol.asyncDispose]();
    expect(native.closes).toEqual([5000]);
    for (const run of runs) await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    await expect(store.synchronize()).rejects.toMatchObject({ code: 'MAPI_CLOSED', result: { outcome: 'failed' } });
  });

  it('lets a run that has ended be', async () => {
    const { store, native } = await open();
    const run = store.synchronize();
    native.runs[0]?.start().end(EndReason.DONE, 0);
    await run;
    await store.close();
    expect(run.result?.outcome).toBe('succeeded');
  });
});
