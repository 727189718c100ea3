import { describe, expect, it, vi } from 'vitest';
import { isSupported, logon, MapiUnavailableError, profiles } from '../src/index.js';

describe('logon and profiles', () => {
  it.each([
    [{ profile: 1 }, TypeError, 'options.profile must be a string; got 1'],
    [{ profile: '' }, RangeError, 'options.profile must not be empty'],
    [{ profile: 'a\0b' }, RangeError, 'options.profile must not contain a NUL character'],
    [
      { profile: 'a', join: true },
      TypeError,
      "options.profile must be left out where options.join is true, because MAPI ignores it then; got 'a'",
    ],
    [{ mapi: 'outlook' }, TypeError, "options.mapi must be 'system' or { path }; got 'outlook'"],
    [{ mapi: null }, TypeError, 'options.mapi must be an object; got null'],
    [{ mapi: {} }, TypeError, 'options.mapi.path must be a string; got undefined'],
    [{ mapi: { path: 'mapi32.dll' } }, TypeError, 'options.mapi.path must be an absolute path'],
    [{ mapi: { path: '.\\mapi32.dll' } }, TypeError, 'options.mapi.path must be an absolute path'],
    [{ mapi: { path: 'C:mapi32.dll' } }, TypeError, "got 'C:mapi32.dll'"],
    [{ mapi: { path: '' } }, RangeError, 'options.mapi.path must not be empty'],
    [{ ui: 'yes' }, TypeError, "options.ui must be true or false; got 'yes'"],
    [{ closeGraceMs: 0 }, RangeError, 'options.closeGraceMs must be an integer from 1 to 2147483647; got 0'],
    [{ signal: 'x' }, TypeError, 'options.signal must be an AbortSignal'],
    [{ prfile: 'x' }, TypeError, 'options.prfile is unknown: options can have profile, mapi,'],
    [null, TypeError, 'options must be an object; got null'],
  ])('reject %o before MAPI is touched', async (options, type, message) => {
    const failure = await logon(options as never).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(type);
    expect((failure as Error).message).toContain(message);
  });

  it('reject with the reason of a signal that was aborted before, whatever else there is', async () => {
    const signal = AbortSignal.abort('before');
    await expect(logon({ signal })).rejects.toBe('before');
    await expect(profiles({ signal })).rejects.toBe('before');
  });

  it('take complete paths of drives, shares and devices', async () => {
    for (const path of ['C:\\x\\mapi.dll', 'c:/x/mapi.dll', '\\\\server\\share\\mapi.dll', '\\\\?\\C:\\x\\mapi.dll']) {
      await expect(profiles({ mapi: { path }, signal: AbortSignal.abort('checked') })).rejects.toBe('checked');
    }
  });

  it('show what came, cut short', async () => {
    const failure = (await profiles({ mapi: { path: 'x'.repeat(5000) } }).catch((error: unknown) => error)) as Error;
    expect(failure.message.length).toBeLessThan(300);
  });
});

describe('where there is no MAPI to work with', () => {
  const onPlatform = async (platform: string, arch: string, check: () => Promise<void>): Promise<void> => {
    const before = [process.platform, process.arch];
    const become = (values: readonly string[]): void => {
      Object.defineProperty(process, 'platform', { value: values[0], configurable: true });
      Object.defineProperty(process, 'arch', { value: values[1], configurable: true });
    };
    become([platform, arch]);
    try {
      await check();
    } finally {
      become(before);
    }
  };

  it('off Windows, calls reject with MAPI_NOT_WINDOWS, after their arguments have been checked', async () => {
    await onPlatform('linux', 'x64', async () => {
      expect(isSupported()).toBe(false);
      for (const call of [logon(), profiles()]) {
        const failure = await call.catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(MapiUnavailableError);
        expect(failure).toMatchObject({
          code: 'MAPI_NOT_WINDOWS',
          operation: 'MAPIInitialize',
          hint: 'Run this on Windows.',
        });
      }
      await expect(logon({ ui: 1 } as never)).rejects.toBeInstanceOf(TypeError);
      await expect(logon({ mapi: { path: '/opt/sample.dll' } })).rejects.toBeInstanceOf(MapiUnavailableError);
    });
  });

  it('on a Windows for which there is no binary, with MAPI_NO_BINARY', async () => {
    await onPlatform('win32', 'arm64', async () => {
      expect(isSupported()).toBe(false);
      await expect(logon()).rejects.toMatchObject({ code: 'MAPI_NO_BINARY', detail: 'this is win32-arm64' });
    });
  });

  it('rejects with the stack of the caller', async () => {
    await onPlatform('linux', 'x64', async () => {
      const failure = (await logon().catch((error: unknown) => error)) as Error;
      expect(failure.stack).toContain('logon.test.ts');
      expect(failure.stack).not.toContain('availability');
    });
  });

  it('never calls a warning or writes anything', async () => {
    const written = vi.spyOn(process, 'emitWarning');
    await onPlatform('linux', 'x64', async () => {
      await profiles().catch(() => {});
    });
    expect(written).not.toHaveBeenCalled();
    written.mockRestore();
  });
});
