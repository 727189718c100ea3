import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LogonLimit } from '../../../src/cli/sync/logon-limit.js';
import { MapiError } from '../../../src/index.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A stage that takes `ms`, or ends with its signal. */
function stage(ms: number) {
  return (signal: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve('done'), ms);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    });
}

const never = new AbortController().signal;

it('ends a stage that takes too long with MAPI_LOGON_TIMEOUT and the stage’s operation', async () => {
  const limit = new LogonLimit({ MapiError }, 1000, never);
  const ended = expect(limit.shared('MAPILogonEx', stage(1001))).rejects.toMatchObject({
    name: 'MapiError',
    code: 'MAPI_LOGON_TIMEOUT',
    hresult: 0x80040401,
    operation: 'MAPILogonEx',
  });
  await vi.advanceTimersByTimeAsync(1000);
  await ended;
});

it('leaves to each store what log-on and listing have not used', async () => {
  const limit = new LogonLimit({ MapiError }, 1000, never);
  const shared = limit.shared('MAPILogonEx', stage(600));
  await vi.advanceTimersByTimeAsync(600);
  expect(await shared).toBe('done');
  for (let store = 0; store < 3; store++) {
    const quick = limit.each('open', stage(390));
    const slow = expect(limit.each('open', stage(410))).rejects.toThrow('MAPI_LOGON_TIMEOUT');
    await vi.advanceTimersByTimeAsync(400);
    expect(await quick).toBe('done');
    await slow;
  }
});

it('rejects with the interruption’s reason', async () => {
  const interruption = new AbortController();
  const limit = new LogonLimit({ MapiError }, 1000, interruption.signal);
  const ended = limit.each('open', stage(500));
  interruption.abort('Ctrl-C');
  await expect(ended).rejects.toBe('Ctrl-C');
});
