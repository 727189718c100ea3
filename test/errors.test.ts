import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { codeOf, hexOf, meaningOf, namedCode, succeeded } from '../src/codes.js';
import {
  CallSite,
  closedError,
  errorOfNative,
  MapiError,
  MapiUnavailableError,
  SyncError,
  SyncTimeoutError,
} from '../src/errors.js';
import type { SyncResult } from '../src/run/events.js';
import { nativeFailure } from './support/scripted-native-session.js';

const RESULT: SyncResult = {
  outcome: 'failed',
  engine: 'imapisync',
  hresult: 0x80040115,
  code: 'MAPI_E_NETWORK_ERROR',
  problems: [],
  problemCount: 0,
  updates: 0,
  lastProgress: null,
  durationMs: 1,
};

describe('codes', () => {
  it('have their names, and the hex text where they have none', () => {
    expect(codeOf(0x8004010f)).toBe('MAPI_E_NOT_FOUND');
    expect(codeOf(-2147221233)).toBe('MAPI_E_NOT_FOUND');
    expect(codeOf(0)).toBe('S_OK');
    expect(codeOf(0x8004ffff)).toBe('0x8004FFFF');
    expect(codeOf(7)).toBe('0x00000007');
    expect(hexOf(0xffffffff)).toBe('0xFFFFFFFF');
    expect(namedCode('MAPI_E_BUSY', 0x8004010b)).toBe('MAPI_E_BUSY (0x8004010B)');
    expect(namedCode('0x00000007', 7)).toBe('0x00000007');
  });

  it("of MAPI's have MAPI's meaning, not that of the OLE code with the same number", () => {
    expect(meaningOf('MAPI_E_LOGON_FAILED')?.meaning).toBe('cannot log on');
    expect(meaningOf('0x8004FFFF')).toBeUndefined();
  });

  it('are successes where the severity bit is clear', () => {
    expect([0, 1, 0x00040680, 0x7fffffff].every(succeeded)).toBe(true);
    expect([0x80000000, 0x80040115, 0xffffffff, -1].some(succeeded)).toBe(false);
  });
});

describe('errors', () => {
  it('have their name on the prototype, and their data as own properties', () => {
    const error = new MapiError({ operation: 'MAPILogonEx', hresult: 0x80040111, detail: 'no such profile' });
    expect(Object.hasOwn(error, 'name')).toBe(false);
    expect(error.name).toBe('MapiError');
    expect(error.message).toBe('MAPILogonEx: MAPI_E_LOGON_FAILED (0x80040111): cannot log on; no such profile');
    expect(Object.keys(error)).toEqual(['code', 'hresult', 'operation', 'detail', 'hint']);
    expect(inspect(error)).toMatch(/^MapiError: MAPILogonEx/);
    expect(error.hint).toContain('start Outlook');
  });

  it('are of their classes', () => {
    const init = { operation: 'x', hresult: 0x80040115, result: RESULT };
    const error = new SyncTimeoutError(init);
    for (const type of [SyncTimeoutError, SyncError, MapiError, Error]) expect(error).toBeInstanceOf(type);
    expect([error.name, new SyncError(init).name, new MapiUnavailableError(init).name]).toEqual([
      'SyncTimeoutError',
      'SyncError',
      'MapiUnavailableError',
    ]);
  });

  it('become plain data that can be cloned and written as JSON', () => {
    const error = new SyncError({ operation: 'x', hresult: 0x80040115, result: RESULT });
    const data = structuredClone(error.toJSON());
    expect(data).toEqual({
      name: 'SyncError',
      message: 'x: MAPI_E_NETWORK_ERROR (0x80040115): network error',
      code: 'MAPI_E_NETWORK_ERROR',
      hresult: 0x80040115,
      operation: 'x',
      detail: null,
      hint: 'Check the network connection, the VPN, and whether the server is up.',
      result: RESULT,
    });
    expect(JSON.parse(JSON.stringify(error))).toEqual(data);
  });

  it('have unsigned HRESULTs', () => {
    expect(new MapiError({ operation: 'x', hresult: -2147221233 }).hresult).toBe(0x8004010f);
  });
});

describe('a failure of the native side', () => {
  const site = new CallSite(describe);

  it.each(['MAPI_NOT_INSTALLED', 'MAPI_WRONG_BITNESS', 'MAPI_MISSING_DEPENDENCY', 'MAPI_NOT_A_MAPI_DLL'])(
    'with the symbol %s is a MapiUnavailableError with a hint',
    (symbol) => {
      const error = errorOfNative(nativeFailure('MAPIInitialize', 0x8007007e, symbol), site) as MapiError;
      expect(error).toBeInstanceOf(MapiUnavailableError);
      expect(error).toMatchObject({ code: symbol, hint: expect.any(String) as string });
    },
  );

  it('with MAPI_CLOSED is a plain MapiError', () => {
    const error = errorOfNative(nativeFailure('IMAPISession::OpenMsgStore', 0x80040108, 'MAPI_CLOSED'), site);
    expect((error as MapiError).constructor).toBe(MapiError);
    expect(error).toMatchObject({
      code: 'MAPI_CLOSED',
      message: closedError('IMAPISession::OpenMsgStore', site).message,
    });
  });

  it('that is none of its kind is handed on as it is', () => {
    const other = new Error('other');
    expect(errorOfNative(other, site)).toBe(other);
    expect(errorOfNative('text', site)).toBe('text');
  });
});
