/** What the contract promises of a MAPI, whichever it is and however it was found. Runs on the built package. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  logon,
  type MapiChoice,
  MapiError,
  type Session,
  SyncError,
  type SyncEvent,
  type SyncRun,
  SyncTimeoutError,
} from 'mapisync';
import { IID_IMAPISync, queryInterface, SYNC_DOWNLOAD_CONTENTS, SYNC_DOWNLOAD_HIERARCHY } from 'mapisync/com';
import { type SampleProfile, type Scenario, sampleProfile, scenario } from 'mapisync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const S_OK = 0;
const E_FAIL = 0x80004005;
const MAPI_E_INTERFACE_NOT_SUPPORTED = 0x80004002;
const MAPI_E_NETWORK_ERROR = 0x80040115;
const MAPI_E_USER_CANCEL = 0x80040113;
const MAPI_E_TIMEOUT = 0x80040401;
const MAPI_W_PARTIAL_COMPLETION = 0x00040680;

const endless = (): Scenario => scenario().repeat(1_000_000, (step) => step.progress('Inbox', 1, 10));

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`resolved with ${String(value)}`);
    },
    (reason: unknown) => reason,
  );
}

/** The files below a folder, by their path in it. */
async function tree(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    files[path.relative(folder, file)] = entry.isFile() ? (await readFile(file)).toString('latin1') : '(folder)';
  }
  return files;
}

export function contractOf(name: string, mapi: () => MapiChoice): void {
  describe(name, () => {
    let profile: SampleProfile;
    let session: Session;

    const run = async (store: string, options = {}): Promise<{ run: SyncRun; events: SyncEvent[] }> => {
      const opened = await session.openStore({ displayName: store });
      const started = opened.synchronize(options);
      const events: SyncEvent[] = [];
      for (const type of ['start', 'progress', 'problem', 'end'] as const) {
        started.on(type, (event: SyncEvent) => events.push(event));
      }
      return { run: started, events };
    };

    beforeAll(async () => {
      profile = await sampleProfile({
        stores: [
          { name: 'Archive', mailbox: {} },
          {
            name: 'Quick',
            scenario: scenario()
              .progress('Inbox', 1, 2)
              .progress(null, 2, 2)
              .error(0x00040680, 'one was left')
              .done(S_OK),
          },
          { name: 'Partial', scenario: scenario().done(MAPI_W_PARTIAL_COMPLETION) },
          {
            name: 'Flaky',
            scenario: scenario()
              .progress('Inbox', 1, 10)
              .error(MAPI_E_NETWORK_ERROR, 'server is gone')
              .done(MAPI_E_NETWORK_ERROR),
          },
          { name: 'Refusing', scenario: scenario().returns(E_FAIL) },
          { name: 'Slow', scenario: scenario().sleep(1_000).done(S_OK) },
          { name: 'Dead', scenario: scenario().sleep(1_000).done(S_OK) },
          { name: 'Endless', scenario: endless() },
          { name: 'Vanishing', scenario: scenario().signal().sleep(50) },
          { name: 'Old', syncless: true },
          { name: 'Twin', scenario: scenario().done(S_OK) },
          { name: 'Twin', scenario: scenario().done(S_OK) },
          { name: 'Grüße 日本', scenario: scenario().progress('Entwürfe 下書き 🙂', 1, 1).done(S_OK) },
        ],
      });
      session = await logon({ mapi: mapi(), profile: profile.path });
    });

    afterAll(async () => {
      await session.close();
      await profile[Symbol.asyncDispose]();
    });

    it('says which profile and which MAPI it is', () => {
      expect(session.profile).toBe(profile.path);
      expect(path.isAbsolute(session.mapi.path)).toBe(true);
      expect(session.mapi.bits).toBe(process.arch === 'ia32' ? 32 : 64);
      expect(session.mapi.foundBy.length > 0).toBe(true);
    });

    it('lists the stores, the default one among them', async () => {
      const stores = await session.stores();
      expect(stores.map((store) => store.displayName)).toEqual(
        profile.stores.map((store: { name: string }) => store.name),
      );
      expect(stores.filter((store) => store.isDefault).map((store) => store.displayName)).toEqual(['Archive']);
      for (const store of stores) {
        expect(/^([0-9A-F]{2})+$/.test(store.entryId)).toBe(true);
        expect(/^[0-9A-F]{32}$/.test(store.providerUid)).toBe(true);
      }
    });

    it('opens the default store, and others by name and by entry id', async () => {
      const [first, second] = await session.stores();
      expect((await session.openStore()).info).toEqual(first);
      expect((await session.openStore({ displayName: 'Quick' })).info).toEqual(second);
      expect((await session.openStore({ entryId: second?.entryId ?? '' })).info).toEqual(second);
    });

    it('names the stores when a name fits none or several', async () => {
      const none = (await rejection(session.openStore({ displayName: 'Nobody' }))) as MapiError;
      expect(none).toBeInstanceOf(MapiError);
      expect(none.code).toBe('MAPI_E_NOT_FOUND');
      expect(none.message).toContain('Nobody');
      const several = (await rejection(session.openStore({ displayName: 'Twin' }))) as MapiError;
      expect(several.code).toBe('MAPI_E_AMBIGUOUS_RECIP');
      expect(several.message).toContain('Twin');
    });

    it('resolves with what the provider reported, in its order', async () => {
      const { run: sync, events } = await run('Quick', { delivery: 'every' });
      const result = await sync;
      expect(events.map((event) => event.type)).toEqual(['start', 'progress', 'progress', 'problem', 'end']);
      expect(events[1]).toMatchObject({ message: 'Inbox', index: 1, max: 2, fraction: 0.5 });
      expect(events[2]).toMatchObject({ message: 'Inbox', index: 2, max: 2, fraction: 1 });
      expect(events[3]).toMatchObject({
        severity: 'warning',
        code: 'MAPI_W_PARTIAL_COMPLETION',
        message: 'one was left',
      });
      expect(result).toMatchObject({ outcome: 'succeeded', hresult: S_OK, code: 'S_OK', updates: 2, problemCount: 1 });
      expect(sync.result).toBe(result);
      expect(sync.state).toBe('ended');
    });

    it('carries every character of a text', async () => {
      const { run: sync } = await run('Grüße 日本');
      expect((await sync).lastProgress?.message).toBe('Entwürfe 下書き 🙂');
    });

    it('takes a warning from Done for a success, by its name', async () => {
      const { run: sync } = await run('Partial');
      expect(await sync).toMatchObject({
        outcome: 'succeeded',
        code: 'MAPI_W_PARTIAL_COMPLETION',
        hresult: MAPI_W_PARTIAL_COMPLETION,
      });
    });

    it('rejects with a SyncError when Done brings a failure', async () => {
      const { run: sync, events } = await run('Flaky');
      const error = (await rejection(sync)) as SyncError;
      expect(error).toBeInstanceOf(SyncError);
      expect(error).toMatchObject({
        code: 'MAPI_E_NETWORK_ERROR',
        hresult: MAPI_E_NETWORK_ERROR,
        operation: 'IMAPISyncProgressCallback::Done',
      });
      expect(error.result.problems[0]).toMatchObject({ severity: 'error', message: 'server is gone' });
      expect(events.at(-1)).toMatchObject({ type: 'end', outcome: 'failed', code: 'MAPI_E_NETWORK_ERROR' });
    });

    it('rejects with a SyncError when the call itself fails', async () => {
      const { run: sync } = await run('Refusing');
      expect(await rejection(sync)).toMatchObject({ operation: 'IMAPISync::SynchronizeInBackground', hresult: E_FAIL });
    });

    it('says so when the provider ended without a result', async () => {
      const { run: sync } = await run('Vanishing');
      expect(await rejection(sync)).toMatchObject({ code: 'SYNC_NO_RESULT', hresult: E_FAIL });
    });

    it('calls nothing on a store without IMAPISync, and says why', async () => {
      const { run: sync, events } = await run('Old');
      expect(await rejection(sync)).toMatchObject({
        operation: 'IMsgStore::QueryInterface',
        code: 'MAPI_E_INTERFACE_NOT_SUPPORTED',
        hresult: MAPI_E_INTERFACE_NOT_SUPPORTED,
      });
      expect(events.map((event) => event.type)).toEqual(['start', 'end']);
      expect((await session.openStore({ displayName: 'Old' })).canSynchronize).toBe(false);
    });

    it('rejects with the reason that a run is cancelled with', async () => {
      const { run: sync, events } = await run('Endless');
      const reason = new Error('enough');
      sync.cancel(reason);
      expect(await rejection(sync)).toBe(reason);
      expect(events.at(-1)).toMatchObject({
        outcome: 'cancelled',
        code: 'SYNC_CANCELLED',
        hresult: MAPI_E_USER_CANCEL,
      });
    });

    it("rejects with a signal's reason, before the start and during the run", async () => {
      const { run: before, events } = await run('Slow', { signal: AbortSignal.abort('too late') });
      expect(await rejection(before)).toBe('too late');
      expect(events.map((event) => event.type)).toEqual(['start', 'end']);

      const controller = new AbortController();
      const { run: during } = await run('Endless', { signal: controller.signal });
      during.once('progress', () => controller.abort('seen enough'));
      expect(await rejection(during)).toBe('seen enough');
    });

    it('ends a run that takes too long, and one that shows no sign of life', async () => {
      const { run: slow } = await run('Slow', { timeoutMs: 100 });
      const late = (await rejection(slow)) as SyncTimeoutError;
      expect(late).toBeInstanceOf(SyncTimeoutError);
      expect(late).toMatchObject({ code: 'SYNC_TIMEOUT', hresult: MAPI_E_TIMEOUT });
      await slow[Symbol.asyncDispose]();
      const { run: dead } = await run('Dead', { stallMs: 100 });
      expect(await rejection(dead)).toMatchObject({ code: 'SYNC_STALLED', hresult: MAPI_E_TIMEOUT });
      await dead[Symbol.asyncDispose]();
    });

    it('lets a second run on a store wait for the first', async () => {
      const store = await session.openStore({ displayName: 'Endless' });
      const first = store.synchronize();
      const second = store.synchronize();
      await new Promise((resolve) => first.once('progress', resolve));
      expect(second.state).toBe('starting');
      first.cancel('first');
      expect(await rejection(first)).toBe('first');
      await new Promise((resolve) => second.once('progress', resolve));
      second.cancel('second');
      expect(await rejection(second)).toBe('second');
    });

    it('can be iterated, from the start to the end', async () => {
      const store = await session.openStore({ displayName: 'Quick' });
      const types: string[] = [];
      for await (const event of store.synchronize({ delivery: 'every' })) types.push(event.type);
      expect(types).toEqual(['start', 'progress', 'progress', 'problem', 'end']);
    });

    it('brings the two trees of a mailbox together', async () => {
      const folder = path.join(profile.path, 'Archive');
      await mkdir(path.join(folder, 'server', 'Inbox', 'Ünter 下'), { recursive: true });
      await writeFile(path.join(folder, 'server', 'Inbox', 'Ünter 下', 'one.eml'), 'Subject: one\r\n\r\nbody\r\n');
      await writeFile(path.join(folder, 'server', 'Inbox', 'empty.eml'), '');
      await mkdir(path.join(folder, 'local', 'Drafts'), { recursive: true });
      await writeFile(path.join(folder, 'local', 'Drafts', 'two.eml'), 'Subject: two\n\n\u00ff');
      expect(await (await run('Archive')).run).toMatchObject({ outcome: 'succeeded', problemCount: 0 });
      const together = await tree(path.join(folder, 'server'));
      expect(Object.keys(together).filter((file) => file.endsWith('.eml')).length).toBe(3);
      expect(await tree(path.join(folder, 'local'))).toEqual(together);

      await rm(path.join(folder, 'local', 'Inbox', 'empty.eml'));
      expect(await (await run('Archive', { direction: 'download' })).run).toMatchObject({ outcome: 'succeeded' });
      expect(Object.keys(await tree(path.join(folder, 'server'))).length).toBe(Object.keys(together).length);
      expect(await (await run('Archive', { direction: 'upload' })).run).toMatchObject({ outcome: 'succeeded' });
      expect(await tree(path.join(folder, 'server'))).toEqual(await tree(path.join(folder, 'local')));
      expect(Object.keys(await tree(path.join(folder, 'server'))).length).toBe(Object.keys(together).length - 1);
    });

    it('offers the interface as it is', async () => {
      const store = await session.openStore({ displayName: 'Flaky' });
      const calls: unknown[] = [];
      let done: (() => void) | undefined;
      const isDone = new Promise<void>((resolve) => {
        done = resolve;
      });
      const answer = await queryInterface(store, IID_IMAPISync).SynchronizeInBackground({
        flags: SYNC_DOWNLOAD_CONTENTS | SYNC_DOWNLOAD_HIERARCHY,
        callback: {
          Progress: (...call) => calls.push(call),
          Error: (...call) => calls.push(call),
          Done: (...call) => {
            calls.push(call);
            done?.();
          },
        },
      });
      await isDone;
      expect(answer).toBe(S_OK);
      expect(calls).toEqual([['Inbox', 1, 10], [MAPI_E_NETWORK_ERROR, 'server is gone'], [MAPI_E_NETWORK_ERROR]]);
    });

    it('refuses calls after it has been closed', async () => {
      const other = await logon({ mapi: mapi(), profile: profile.path });
      const store = await other.openStore();
      await other.close();
      await other.close();
      expect(await rejection(other.stores())).toMatchObject({ code: 'MAPI_CLOSED' });
      expect(await rejection(other.openStore())).toMatchObject({ code: 'MAPI_CLOSED' });
      let thrown: unknown;
      try {
        await rejection(store.synchronize());
      } catch (error) {
        thrown = error;
      }
      expect(thrown === undefined || (thrown as MapiError).code === 'MAPI_CLOSED').toBe(true);
    });

    it('refuses a profile that does not exist', async () => {
      const error = (await rejection(
        logon({ mapi: mapi(), profile: path.join(profile.path, 'nowhere') }),
      )) as MapiError;
      expect(error).toBeInstanceOf(MapiError);
      expect(error.operation).toBe('MAPILogonEx');
      expect(error.message).toContain('nowhere');
      expect(['MAPI_E_NOT_FOUND', 'MAPI_E_LOGON_FAILED'].includes(error.code)).toBe(true);
    });
  });
}
