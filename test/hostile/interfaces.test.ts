/** QueryInterface that says yes and means no, and the other way round. */
import { IID_IMAPISync, queryInterface } from 'mapisync/com';
import { scenario } from 'mapisync/testing';
import { describe, expect, it } from 'vitest';
import { E_FAIL, ended, endOf, MAPI_E_INTERFACE_NOT_SUPPORTED, S_OK, withHostileStore } from './hostile-store.js';

describe.each([
  ['S_OK with NULL', 'query-null'],
  ['E_NOINTERFACE with a pointer', 'query-stray'],
])('a store that answers the query for IMAPISync with %s', (_title, option) => {
  it('has none: nothing is called, and the pointer is left alone', () =>
    withHostileStore(scenario().option(option).done(S_OK), async ({ store, synchronize }) => {
      expect(store.canSynchronize).toBe(false);
      expect(await endOf(synchronize())).toEqual({
        outcome: 'failed',
        code: 'MAPI_E_INTERFACE_NOT_SUPPORTED',
        hresult: MAPI_E_INTERFACE_NOT_SUPPORTED,
        operation: 'IMsgStore::QueryInterface',
      });
      expect(() => queryInterface(store, IID_IMAPISync)).toThrow('MAPI_E_INTERFACE_NOT_SUPPORTED');
    }));
});

describe('a session whose OpenMsgStore', () => {
  it('does not know MDB_NO_MAIL or MDB_WRITE is asked again without them', () =>
    withHostileStore(
      scenario().done(S_OK),
      async ({ store, synchronize }) => {
        expect(store.canSynchronize).toBe(true);
        expect(await endOf(synchronize())).toEqual(ended.succeeded());
      },
      { options: ['refuse-open-flags 0x84'] },
    ));

  it.each([
    ['E_FAIL', E_FAIL, 'MAPI_E_CALL_FAILED'],
    ['MAPI_E_FAILONEPROVIDER', 0x8004011d, 'MAPI_E_FAILONEPROVIDER'],
  ])('answers %s rejects with it', async (_title, hresult, code) => {
    await expect(
      withHostileStore(scenario().done(S_OK), async () => {}, {
        options: [`open-store 0x${hresult.toString(16)}`],
      }),
    ).rejects.toMatchObject({ code, hresult, operation: 'IMAPISession::OpenMsgStore' });
  });
});
