import { describe, expect, it } from 'vitest';
import * as com from '../src/com.js';
import { EndReason } from '../src/native/binding.js';
import { sessionOf } from '../src/session.js';
import { row, ScriptedNativeSession } from './support/scripted-native-session.js';
import { turnsOfTheLoop } from './support/start-run.js';

async function open(canSynchronize = true) {
  const native = new ScriptedNativeSession([row('A', 'A1', { isDefault: true })]);
  native.canSynchronize = canSynchronize;
  const store = await sessionOf(native, 5000).openStore();
  const [opened] = native.openStores;
  if (opened === undefined) throw new Error('nothing was opened');
  return { store, native: opened };
}

class Recorder implements com.IMAPISyncProgressCallback {
  readonly calls: unknown[][] = [];

  Progress(...args: [string | null, number, number]): void {
    this.calls.push(['Progress', ...args]);
  }

  Error(...args: [number, string | null]): void {
    this.calls.push(['Error', ...args]);
  }

  Done(hresult: number): void {
    this.calls.push(['Done', hresult]);
  }
}

describe('the identifiers and flags of the raw interface', () => {
  it("are Microsoft's", () => {
    expect(com.IID_IMAPISync).toBe('{5024A385-2D44-486A-81A8-8F0ECB6071DD}');
    expect(com.IID_IMAPISyncProgressCallback).toBe('{5024A386-2D44-486A-81A8-8F0ECB6071DD}');
    expect(Object.entries(com).filter(([name]) => name.startsWith('SYNC_'))).toEqual([
      ['SYNC_DOWNLOAD_CONTENTS', 0x80],
      ['SYNC_DOWNLOAD_HIERARCHY', 0x2],
      ['SYNC_GLOBAL_HEADERS', 0x2000000],
      ['SYNC_ON_DEMAND', 0x20000000],
      ['SYNC_OUTGOING_MAIL', 0x200],
      ['SYNC_UPLOAD_CONTENTS', 0x40],
      ['SYNC_UPLOAD_HIERARCHY', 0x1],
    ]);
  });
});

describe('queryInterface', () => {
  it('refuses stores without IMAPISync, other interfaces, closed stores, and what is no store', async () => {
    const { store } = await open();
    const refused = { code: 'MAPI_E_INTERFACE_NOT_SUPPORTED', operation: 'IMsgStore::QueryInterface' };
    const failureOf = (query: () => unknown): unknown => {
      try {
        return query();
      } catch (error) {
        return error;
      }
    };
    const without = await open(false);
    expect(failureOf(() => com.queryInterface(without.store, com.IID_IMAPISync))).toMatchObject(refused);
    expect(failureOf(() => com.queryInterface(store, com.IID_IMAPISyncProgressCallback as never))).toMatchObject(
      refused,
    );
    expect(() => com.queryInterface({} as never, com.IID_IMAPISync)).toThrow(TypeError);
    expect(() => com.queryInterface(store, 1 as never)).toThrow(/iid must be a string/);
    await store.close();
    expect(failureOf(() => com.queryInterface(store, com.IID_IMAPISync))).toMatchObject({ code: 'MAPI_CLOSED' });
  });
});

describe('SynchronizeInBackground', () => {
  const begin = async (sib: Partial<com.MAPISIB> = {}) => {
    const { store, native } = await open();
    const callback = new Recorder();
    const call = com
      .queryInterface(store, com.IID_IMAPISync)
      .SynchronizeInBackground({ flags: com.SYNC_UPLOAD_CONTENTS, callback, ...sib });
    await turnsOfTheLoop(1);
    const [run] = native.runs;
    if (run === undefined) throw new Error('nothing was called');
    return { store, callback, call, run };
  };

  it('hands every call over as it came, NULL included, with the exact flags', async () => {
    const { callback, call, run } = await begin();
    expect(run.options).toEqual({ flags: 0x40, every: true, timeoutMs: 0, stallMs: 0, holdMs: 60000 });
    run.start().progress('A', 1, 2).progress(null, 2, 2).problem(0x80040115, null).returnsFromCall(0).doneWith(0x40680);
    expect(await call).toBe(0);
    await turnsOfTheLoop();
    expect(callback.calls).toEqual([
      ['Progress', 'A', 1, 2],
      ['Progress', null, 2, 2],
      ['Error', 0x80040115, null],
      ['Done', 0x40680],
    ]);
  });

  it("resolves with the call's own HRESULT, a failure too, when what came before has been handed over", async () => {
    const { callback, call, run } = await begin();
    run.start();
    for (let index = 0; index < 5000; index += 1) run.progress('A', index, 5000);
    run.returnsFromCall(0x8004010b);
    expect(await call).toBe(0x8004010b);
    expect(callback.calls).toHaveLength(5000);
    run.end(EndReason.CALL_FAILED, 0x8004010b);
    await turnsOfTheLoop();
    expect(callback.calls).toHaveLength(5000);
  });

  it('reaches the callback after the promise has settled', async () => {
    const { callback, call, run } = await begin();
    run.start().returnsFromCall(0);
    expect(await call).toBe(0);
    expect(callback.calls).toEqual([]);
    run.progress('late', 1, 2).doneWith(0);
    await turnsOfTheLoop();
    expect(callback.calls).toEqual([
      ['Progress', 'late', 1, 2],
      ['Done', 0],
    ]);
  });

  it('tells of a Done that came although the call failed', async () => {
    const { callback, call, run } = await begin();
    run.start();
    run.done = 0;
    run.end(EndReason.CALL_FAILED, 0x80004005).returnsFromCall(0x80004005);
    expect(await call).toBe(0x80004005);
    expect(callback.calls).toEqual([['Done', 0]]);
  });

  it('rejects where the call was never made', async () => {
    const { call, run } = await begin();
    run.start().end(EndReason.CANCELLED, 0).returnsFromCall(null);
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('rejects where the store is closed while the call is under way', async () => {
    const { call, run } = await begin();
    run.start().end(EndReason.CANCELLED, 0);
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('coalesces where it is told to', async () => {
    const { call, run } = await begin({ delivery: 'latest' });
    expect(run.options?.every).toBe(false);
    run.start().returnsFromCall(0).doneWith(0);
    expect(await call).toBe(0);
  });

  it('is refused wrong arguments, and closed stores', async () => {
    const { store, native } = await open();
    const raw = com.queryInterface(store, com.IID_IMAPISync);
    const callback = new Recorder();
    await expect(raw.SynchronizeInBackground(undefined as never)).rejects.toThrow(
      'sib must be an object; got undefined',
    );
    await expect(raw.SynchronizeInBackground({ callback } as never)).rejects.toThrow('sib.flags must be a number');
    await expect(raw.SynchronizeInBackground({ flags: -1, callback })).rejects.toThrow(RangeError);
    await expect(raw.SynchronizeInBackground({ flags: 1 } as never)).rejects.toThrow('sib.callback must be an object');
    await expect(
      raw.SynchronizeInBackground({ flags: 1, callback: { Progress() {}, Done() {} } as never }),
    ).rejects.toThrow('sib.callback.Error must be a function; got undefined');
    await expect(raw.SynchronizeInBackground({ flags: 1, callback, x: 1 } as never)).rejects.toThrow(
      'sib.x is unknown',
    );
    expect(native.runs).toHaveLength(0);
    await store.close();
    await expect(raw.SynchronizeInBackground({ flags: 1, callback })).rejects.toMatchObject({ code: 'MAPI_CLOSED' });
  });
});
