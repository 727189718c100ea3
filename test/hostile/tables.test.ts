/** Store tables that nobody should trust. */
import { logon, type Session, type StoreInfo } from 'mapisync';
import { sampleMapi, sampleProfile, scenario } from 'mapisync/testing';
import { describe, expect, it } from 'vitest';
import { countersNow, expectLeft, S_OK } from './hostile-store.js';

const PR_ENTRYID = 0x0fff0102;
const PR_DISPLAY_NAME = 0x3001001f;
const PR_DEFAULT_STORE = 0x3400000b;
const PR_RESOURCE_FLAGS = 0x30090003;
const PR_PROVIDER_DISPLAY = 0x3006001f;
const PR_MDB_PROVIDER = 0x34140102;
const MAPI_E_NOT_FOUND = 0x8004010f;

const hex = (value: number): string => `0x${value.toString(16)}`;

/** Two stores, Alpha the default one, in a table that misbehaves as the options say. */
async function withTable(options: readonly string[], body: (session: Session) => Promise<void>): Promise<void> {
  const profile = await sampleProfile({
    stores: [
      { name: 'Alpha', scenario: scenario().done(S_OK) },
      { name: 'Beta', scenario: scenario().done(S_OK) },
    ],
    options,
  });
  // MAPI stays initialised once, for the life of the process.
  await (await logon({ mapi: sampleMapi, profile: profile.path })).close();
  const session = await logon({ mapi: sampleMapi, profile: profile.path });
  const before = countersNow();
  try {
    await body(session);
    await expectLeft(before, {
      stores: countersNow().stores - before.stores,
      references: countersNow().references - before.references,
    });
  } finally {
    await session.close();
    await profile[Symbol.asyncDispose]();
  }
}

const names = (stores: readonly StoreInfo[]): string[] => stores.map((store) => store.displayName);

describe('a store table', () => {
  it('without rows: no stores, and no default one', () =>
    withTable(['rows 0'], async (session) => {
      expect(await session.stores()).toEqual([]);
      await expect(session.openStore()).rejects.toMatchObject({ code: 'MAPI_E_NOT_FOUND' });
      await expect(session.openStore({ displayName: 'Alpha' })).rejects.toMatchObject({ code: 'MAPI_E_NOT_FOUND' });
    }));

  it('with 10,000 rows: all of them', () =>
    withTable(['rows 10000'], async (session) => {
      const stores = await session.stores();
      expect(stores.length).toBe(10_000);
      expect(new Set(stores.map((store) => store.entryId)).size).toBe(10_000);
      expect(names(stores).slice(0, 2)).toEqual(['Alpha', 'Beta']);
      const error = await session.openStore({ displayName: 'nobody' }).catch((reason: Error) => reason);
      // The names are in the message, but not ten thousand of them.
      expect((error as Error).message.length).toBeLessThan(5000);
    }));

  it('with 10,000 rows that come one by one: all of them', () =>
    withTable(['rows 10000', 'one-row-at-a-time'], async (session) => {
      expect((await session.stores()).length).toBe(10_000);
    }));

  it('with names of 32,000 characters: whole, and usable', () =>
    withTable(['name-length 32000'], async (session) => {
      const [first] = await session.stores();
      expect(first?.displayName.length).toBe(32_000);
      expect(first?.displayName.startsWith('Alpha')).toBe(true);
      const store = await session.openStore({ displayName: first?.displayName ?? '' });
      expect(store.info.displayName).toBe(first?.displayName);
      const error = await session.openStore({ displayName: 'nobody' }).catch((reason: Error) => reason);
      expect((error as Error).message.length).toBeLessThan(5000);
    }));

  it.each([['no-row-count'], ['approximate-row-count'], ['one-row-at-a-time'], ['ansi-only']])(
    '%s: as usual',
    (option) =>
      withTable([option], async (session) => {
        expect(names(await session.stores())).toEqual(['Alpha', 'Beta']);
        expect((await session.openStore()).info.displayName).toBe('Alpha');
      }),
  );

  describe.each([
    ['missing', (tag: number) => `missing ${hex(tag)}`],
    ['PT_ERROR', (tag: number) => `error ${hex(tag)} ${hex(MAPI_E_NOT_FOUND)}`],
    ['PT_ERROR with S_OK', (tag: number) => `error ${hex(tag)} 0`],
    ['PT_NULL', (tag: number) => `null ${hex(tag)}`],
  ])('whose column is %s', (_title, option) => {
    it('for the entry id: a row that cannot be opened is none', () =>
      withTable([option(PR_ENTRYID)], async (session) => {
        expect(await session.stores()).toEqual([]);
      }));

    it('for the display name: the provider’s name stands in', () =>
      withTable([option(PR_DISPLAY_NAME)], async (session) => {
        const stores = await session.stores();
        expect(stores.length).toBe(2);
        for (const store of stores) expect(typeof store.displayName).toBe('string');
        const opened = await session.openStore({ entryId: stores[1]?.entryId ?? '' });
        expect(opened.canSynchronize).toBe(true);
      }));

    it('for the default store: the resource flags say it, and the other way round', async () => {
      for (const tag of [PR_DEFAULT_STORE, PR_RESOURCE_FLAGS]) {
        await withTable([option(tag)], async (session) => {
          const stores = await session.stores();
          expect(names(stores)).toEqual(['Alpha', 'Beta']);
          expect(stores.filter((store) => store.isDefault).length).toBeLessThanOrEqual(1);
        });
      }
    });

    it('for both: no default store', () =>
      withTable([option(PR_DEFAULT_STORE), option(PR_RESOURCE_FLAGS)], async (session) => {
        expect((await session.stores()).some((store) => store.isDefault)).toBe(false);
        await expect(session.openStore()).rejects.toMatchObject({ code: 'MAPI_E_NOT_FOUND' });
        expect((await session.openStore({ displayName: 'Beta' })).info.displayName).toBe('Beta');
      }));

    it('for provider name and UID: null, and empty', () =>
      withTable([option(PR_PROVIDER_DISPLAY), option(PR_MDB_PROVIDER)], async (session) => {
        for (const store of await session.stores()) {
          expect(store.providerName).toBeNull();
          expect(store.providerUid).toBe('');
        }
        expect((await session.openStore({ displayName: 'Beta' })).canSynchronize).toBe(true);
      }));

    it('for all of them: no stores', () =>
      withTable(
        [PR_ENTRYID, PR_DISPLAY_NAME, PR_DEFAULT_STORE, PR_RESOURCE_FLAGS, PR_PROVIDER_DISPLAY, PR_MDB_PROVIDER].map(
          option,
        ),
        async (session) => {
          expect(await session.stores()).toEqual([]);
        },
      ));
  });

  it('whose rows have fewer values than columns were asked for: what is there', () =>
    withTable(['fewer-values'], async (session) => {
      expect(names(await session.stores())).toEqual(['Alpha', 'Beta']);
    }));
});

describe('a log-on', () => {
  it.each([
    ['MAPI_E_FAILONEPROVIDER', 0x8004011d],
    ['MAPI_E_LOGON_FAILED', 0x80040111],
    ['MAPI_E_USER_CANCEL', 0x80040113],
  ])('that answers %s rejects with it', async (code, hresult) => {
    const profile = await sampleProfile({
      stores: [{ name: 'Alpha', syncless: true }],
      options: [`logon ${hex(hresult)}`],
    });
    await expect(logon({ mapi: sampleMapi, profile: profile.path })).rejects.toMatchObject({
      code,
      hresult,
      operation: 'MAPILogonEx',
    });
    await profile[Symbol.asyncDispose]();
  });
});
