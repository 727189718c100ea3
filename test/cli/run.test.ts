import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.js';
import { simulatedHost } from './simulated-host.js';
import { SimulatedMapiError, type SimulatedStore, simulate, type Told } from './simulated-library.js';

const steps: readonly Told[] = [
  { type: 'progress', message: 'Inbox', index: 1, max: 4 },
  { type: 'progress', message: 'Sent Items', index: 2, max: 4 },
  { type: 'progress', message: 'Archive', index: 4, max: 4 },
];
const problem: Told = {
  type: 'problem',
  hresult: 0x80070005,
  code: 'MAPI_E_NO_ACCESS',
  message: 'a.eml:\x1b[2J locked',
};

async function command(line: string, stores: readonly SimulatedStore[] = [{ name: 'Archive', events: steps }]) {
  const simulation = simulate(stores);
  const host = simulatedHost(simulation.library);
  const exitCode = await run(line.split(' '), host);
  return { exitCode, host, ...simulation, out: host.stdout.text, err: host.stderr.text };
}

describe('mapisync', () => {
  it('prints its version and its help', async () => {
    expect(await command('--version')).toMatchObject({ exitCode: 0, out: '1.2.3\n', err: '' });
    const { exitCode, out } = await command('--help');
    expect(exitCode).toBe(0);
    for (const name of ['sync', 'stores', 'profiles', 'demo']) expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
  });

  it('keeps the help of every command within 80 columns', async () => {
    for (const name of ['sync', 'stores', 'profiles', 'demo']) {
      const { out } = await command(`${name} --help`);
      expect(out).toContain(`Usage: mapisync ${name}`);
      for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    }
  });

  it('answers wrong usage with 2, what would do, and the usage line, and touches nothing', async () => {
    const { exitCode, out, err, calls } = await command('sync --direktion both');
    expect(exitCode).toBe(2);
    expect(out).toBe('');
    expect(err).toBe(
      'mapisync: there is no option --direktion of sync; did you mean --direction?\n' +
        'Usage: mapisync sync [store...] [options]\nMore:  mapisync sync --help\n',
    );
    expect(calls).toEqual([]);
  });

  it('writes wrong usage as a JSON line as well, where --json stands in the command line', async () => {
    const { exitCode, host } = await command('sync --json --frob');
    expect(exitCode).toBe(2);
    expect(host.stdout.objects).toEqual([
      {
        type: 'error',
        error: {
          name: 'UsageError',
          message: 'there is no option --frob of sync',
          code: 'WRONG_USAGE',
          hresult: 0x80070057,
          operation: 'mapisync',
          detail: null,
          hint: null,
        },
      },
    ]);
    expect(host.stderr.text).toContain('--frob');
  });

  it('stops listening for Ctrl-C when it is through', async () => {
    const { host } = await command('sync');
    expect(host.listening()).toBe(false);
  });
});

describe('mapisync profiles', () => {
  it('lists the profiles, as text without control characters', async () => {
    expect(await command('profiles')).toMatchObject({ exitCode: 0, out: 'Outlook  (default)\nOld[31m\n', err: '' });
  });

  it('lists them as JSON', async () => {
    const { host } = await command('profiles --json');
    expect(host.stdout.objects).toEqual([
      { type: 'profile', name: 'Outlook', isDefault: true },
      { type: 'profile', name: 'Old\x1b[31m', isDefault: false },
    ]);
  });
});

describe('mapisync stores', () => {
  it('lists the stores of the profile that it was given', async () => {
    const { exitCode, out, calls } = await command('stores --profile P', [{ name: 'Archive' }, { name: 'Öffentlich' }]);
    expect(exitCode).toBe(0);
    expect(out).toBe('Store       Default  Provider\nArchive     yes      Simulated\nÖffentlich           Simulated\n');
    expect(calls).toEqual(['logon {"mapi":"system","profile":"P"}', 'close session']);
  });

  it('lists them as JSON, with all that is known', async () => {
    const { host } = await command('stores --json');
    expect(host.stdout.objects).toEqual([
      {
        type: 'store',
        entryId: '0000',
        displayName: 'Archive',
        isDefault: true,
        providerUid: '00112233445566778899AABBCCDDEEFF',
        providerName: 'Simulated',
      },
    ]);
  });

  it('opens each store with --check, and ends with 1 where one cannot be opened', async () => {
    const openError = new SimulatedMapiError('IMAPISession::OpenMsgStore', 'MAPI_E_CORRUPT_STORE', 0x80040600);
    const stores = [{ name: 'Archive' }, { name: 'Old', canSynchronize: false }, { name: 'Broken', openError }];
    const text = await command('stores --check --ids', stores);
    expect(text.exitCode).toBe(1);
    expect(text.out).toContain('Archive  yes      yes                   Simulated\n  --id 0000\n');
    expect(text.out).toContain('Old               no                    Simulated\n  --id 0001\n');
    expect(text.out).toContain('Broken            MAPI_E_CORRUPT_STORE  Simulated\n');
    const { host } = await command('stores --check --json', stores);
    expect(host.stdout.objects.map(({ canSynchronize }) => canSynchronize)).toEqual([true, false, null, undefined]);
    expect(host.stdout.objects[3]).toMatchObject({ type: 'error', store: 'Broken', storeId: '0002' });
  });

  it('says so where there are none', async () => {
    expect(await command('stores', [])).toMatchObject({ exitCode: 0, out: 'This profile has no stores.\n' });
  });
});

describe('mapisync sync', () => {
  it('synchronizes the default store, hands the options on, and sums up', async () => {
    const { exitCode, out, err, calls, options } = await command('sync --direction upload --timeout 5m --stall 60s', [
      { name: 'Old', isDefault: false },
      { name: 'Archive', isDefault: true, events: steps },
    ]);
    expect(exitCode).toBe(0);
    expect(err).toBe('');
    expect(options.get('Archive')).toMatchObject({ direction: 'upload', timeoutMs: 300_000, stallMs: 60_000 });
    expect(calls).toEqual(['logon {"mapi":"system"}', 'open {"entryId":"0001"}', 'close Archive', 'close session']);
    expect(out.replace(/in \d.* s\.\n$/, 'in T.\n')).toBe(
      [
        'Archive: started',
        'Archive:  20 %  Inbox',
        'Archive:  50 %  Sent Items',
        'Archive: 100 %  Archive',
        'Archive: succeeded after 1.23 s',
        '',
        'Store    Outcome    Updates  Problems    Time',
        'Archive  succeeded        3         0  1.23 s',
        '',
        '1 succeeded in T.',
        '',
      ].join('\n'),
    );
  });

  it('writes the events as JSON lines with the store’s name and id, and nothing else', async () => {
    const { exitCode, host } = await command('sync --json', [{ name: 'Archive', events: [...steps, problem] }]);
    expect(exitCode).toBe(3);
    expect(host.stderr.text).toBe('');
    const objects = host.stdout.objects;
    expect(objects.map(({ type }) => type)).toEqual([
      'start',
      'progress',
      'progress',
      'progress',
      'problem',
      'end',
      'finished',
    ]);
    expect(objects[6]).toMatchObject({ outcome: 'succeeded', durationMs: expect.any(Number), at: expect.any(Number) });
    for (const object of objects.slice(0, 6)) expect(object).toMatchObject({ store: 'Archive', storeId: '0000' });
    expect(objects[4]).toMatchObject({ severity: 'error', hresult: 0x80070005, message: 'a.eml:\x1b[2J locked' });
    expect(objects[5]).toMatchObject({ outcome: 'succeeded', code: 'S_OK', durationMs: 1234 });
  });

  it('waits for a slow reader of its lines', async () => {
    const host = simulatedHost(simulate([{ name: 'Archive', events: steps }]).library);
    host.stdout.slow = true;
    expect(await run(['sync', '--json'], host)).toBe(0);
    expect(host.stdout.objects).toHaveLength(6);
  });

  it('waits once a stream, however many stores write their lines', async () => {
    const stores = Array.from({ length: 40 }, (_, at) => ({ name: `S${at}`, events: steps }));
    const host = simulatedHost(simulate(stores).library);
    host.stdout.slow = true;
    let most = 0;
    host.stdout.on('newListener', () => {
      for (const event of ['drain', 'error', 'close']) most = Math.max(most, host.stdout.listenerCount(event) + 1);
    });
    expect(await run(['sync', '--all', '--json', '--concurrency', '40'], host)).toBe(0);
    expect(most).toBeLessThanOrEqual(2);
  });

  it('ends with 3 when problems were reported, and shows them harmlessly', async () => {
    const { exitCode, out } = await command('sync', [{ name: 'Archive', events: [problem] }]);
    expect(exitCode).toBe(3);
    expect(out).toContain('Archive: error: MAPI_E_NO_ACCESS: a.eml:[2J locked\n');
    expect(out).toContain('\nArchive: 1 problem\n  error    MAPI_E_NO_ACCESS: a.eml:[2J locked\n');
    expect(out).toContain('succeeded, with problems');
    expect(out).not.toContain('\x1b');
  });

  it('ends with 3 when the provider ended with a warning', async () => {
    expect((await command('sync', [{ name: 'Archive', hresult: 0x00040680 }])).exitCode).toBe(3);
  });

  it('ends with 1 when a sync failed, and says why and what to do', async () => {
    const stores = [{ name: 'Bad', hresult: 0x80040115 }, { name: 'Good' }];
    const { exitCode, out } = await command('sync --all', stores);
    expect(exitCode).toBe(1);
    expect(out).toContain(
      '\nBad: failed\n  IMAPISyncProgressCallback::Done: MAPI_E_NETWORK_ERROR\n    hint:      Look at the network.\n',
    );
    expect(out).toMatch(/\n1 succeeded, 1 failed in .* s\.\n$/);
    const json = await command('sync --all --json', stores);
    expect(json.exitCode).toBe(1);
    expect(json.host.stdout.objects.map(({ store = 'All', type }) => `${store} ${type}`).sort()).toEqual([
      'All finished',
      'Bad end',
      'Bad start',
      'Good end',
      'Good start',
    ]);
    expect(json.host.stdout.objects.at(-1)).toMatchObject({ type: 'finished', outcome: 'partial' });
    expect(json.err).toContain('Bad: failed\n  IMAPISyncProgressCallback::Done: MAPI_E_NETWORK_ERROR\n');
  });

  it('skips with --all what cannot synchronize, and lets it fail where it was named', async () => {
    const stores = [{ name: 'Archive' }, { name: 'Public', canSynchronize: false, hresult: 0x80040115 }];
    const all = await command('sync --all', stores);
    expect(all.exitCode).toBe(0);
    expect(all.out).toContain('Public: skipped: it has no IMAPISync\n');
    expect(all.out).toMatch(/\n1 succeeded, 1 skipped in .* s\.\n$/);
    const json = await command('sync --all --json', stores);
    expect(json.host.stdout.objects).toContainEqual(
      expect.objectContaining({ type: 'skipped', store: 'Public', storeId: '0001' }),
    );
    expect((await command('sync Public', stores)).exitCode).toBe(1);
    const none = await command('sync --all', [{ name: 'Public', canSynchronize: false }]);
    expect(none.exitCode).toBe(0);
    expect(none.out).toContain('\nNo store has been synchronized: none of them has IMAPISync.\n');
  });

  it('looks every name up before it synchronizes the first', async () => {
    const { exitCode, err, options, calls } = await command('sync Archive Nowhere', [{ name: 'Archive' }]);
    expect(exitCode).toBe(1);
    expect(err).toContain(
      "mapisync: IMAPISession::OpenMsgStore: MAPI_E_NOT_FOUND: no store is called 'Nowhere'; the stores are 'Archive'\n",
    );
    expect(options.size).toBe(0);
    expect(calls.at(-1)).toBe('close session');
    const twins = await command('sync Twin', [{ name: 'Twin' }, { name: 'Twin' }]);
    expect(twins.exitCode).toBe(1);
    expect(twins.err).toContain('MAPI_E_AMBIGUOUS_RECIP');
  });

  it('chooses stores by their ids, and by names as `stores` spells them', async () => {
    const twins = [{ name: 'Twin' }, { name: 'Twin' }, { name: 'Old\u00a0Archive' }, { name: 'Old  Archive' }];
    const ids = await command('sync --id 0001 --json', twins);
    expect(ids.exitCode).toBe(0);
    expect(ids.host.stdout.objects[0]).toMatchObject({ store: 'Twin', storeId: '0001' });
    const listed = (await command('stores', twins)).out.split('\n').slice(1, -1);
    expect(listed.filter((line) => line.startsWith('  --id ')).map((line) => line.trim())).toEqual([
      '--id 0000',
      '--id 0001',
    ]);
    const names = listed.filter((line) => line.startsWith('Old')).map((line) => line.split('  ')[0] as string);
    expect(names).toEqual(['Old\\u{A0}Archive', 'Old \\u{20}Archive']);
    const host = simulatedHost(simulate(twins).library);
    expect(await run(['sync', ...names, '--json'], host)).toBe(0);
    expect(new Set(host.stdout.objects.map(({ storeId }) => storeId))).toEqual(new Set(['0002', '0003', undefined]));
    const wrong = simulatedHost(simulate(twins).library);
    expect(await run(['sync', 'Old Archive'], wrong)).toBe(1);
    expect(wrong.stderr.text).toContain(
      "no store is called 'Old Archive'; the stores are 'Twin', 'Twin', 'Old\\u{A0}Archive', 'Old \\u{20}Archive'",
    );
  });

  it('goes on with the others where one store cannot be opened', async () => {
    const openError = new SimulatedMapiError('IMAPISession::OpenMsgStore', 'MAPI_E_CORRUPT_STORE', 0x80040600);
    const stores = [{ name: 'Broken', openError }, { name: 'Archive' }];
    const { exitCode, out } = await command('sync Broken Archive', stores);
    expect(exitCode).toBe(1);
    expect(out).toContain('Broken: cannot be opened: IMAPISession::OpenMsgStore: MAPI_E_CORRUPT_STORE\n');
    expect(out).toMatch(/\n1 succeeded, 1 failed in .* s\.\n$/);
    const json = await command('sync Broken Archive --json', stores);
    expect(json.host.stdout.objects[0]).toMatchObject({
      type: 'failed',
      error: { code: 'MAPI_E_CORRUPT_STORE' },
      store: 'Broken',
      storeId: '0000',
    });
  });

  it('ends in an error object, and an error for people, when the log-on fails', async () => {
    const logonError = new SimulatedMapiError('MAPILogonEx', 'MAPI_E_LOGON_FAILED', 0x80040111, 'Check the profile.');
    const host = simulatedHost(simulate([], { logonError }).library);
    expect(await run(['sync', '--json'], host)).toBe(1);
    expect(host.stdout.objects).toEqual([{ type: 'error', error: logonError.toJSON() }]);
    expect(host.stderr.text).toBe('mapisync: MAPILogonEx: MAPI_E_LOGON_FAILED\n  hint:      Check the profile.\n');
  });

  it('runs as many stores at once as it may', async () => {
    const stores = Array.from({ length: 9 }, (_, at) => ({ name: `S${at}`, events: steps }));
    expect((await command('sync --all --concurrency 2', stores)).mostAtOnce()).toBe(2);
    expect((await command('sync --all --concurrency 1', stores)).mostAtOnce()).toBe(1);
    expect((await command('sync --all', stores)).mostAtOnce()).toBe(4);
  });
});

describe('Ctrl-C', () => {
  const endless: SimulatedStore = { name: 'Endless', endless: true, events: steps };

  async function interrupted(line: string, presses: number, env: Record<string, string> = {}) {
    const simulation = simulate([endless, { name: 'Next', events: steps }]);
    const host = simulatedHost(simulation.library, { env });
    const ended = run(line.split(' '), host);
    while (simulation.options.size === 0) await new Promise((resolve) => setImmediate(resolve));
    for (let press = 0; press < presses; press++) host.interrupt();
    return { exitCode: await ended, host, ...simulation };
  }

  it('asks the providers to stop, begins nothing more, and ends with 130', async () => {
    const { exitCode, host, options, calls } = await interrupted('sync --all --concurrency 1', 1);
    expect(exitCode).toBe(130);
    expect([...options.keys()]).toEqual(['Endless']);
    expect(calls.at(-1)).toBe('close session');
    expect(host.left).toEqual([]);
    expect(host.stdout.text).toContain('Stopping. Ctrl-C again leaves at once.\n');
    expect(host.stdout.text).toMatch(/Endless +cancelled/);
    expect(host.stdout.text).toMatch(/Next +not begun/);
  });

  it('leaves at once the second time, with the cursor shown', async () => {
    const { host } = await interrupted('sync', 2, { MAPISYNC_TERMINAL: '1' });
    expect(host.left).toEqual([130]);
    const text = host.stdout.text;
    expect(text.lastIndexOf('\x1b[?25h')).toBeGreaterThan(text.lastIndexOf('\x1b[?25l'));
  });

  it('keeps JSON lines free of anything else', async () => {
    const { exitCode, host } = await interrupted('sync --json', 1);
    expect(exitCode).toBe(130);
    const [end, finished] = host.stdout.objects.slice(-2);
    expect(end).toMatchObject({ type: 'end', outcome: 'cancelled', code: 'SYNC_CANCELLED' });
    expect(finished).toMatchObject({ type: 'finished', outcome: 'failed' });
  });

  it('during the log-on ends with 130 as well', async () => {
    const { library } = simulate([]);
    const logon: typeof library.logon = (options) =>
      new Promise((_, reject) => {
        options?.signal?.addEventListener('abort', () => reject(options.signal?.reason));
      });
    const host = simulatedHost({ ...library, logon });
    const ended = run(['stores', '--json'], host);
    await new Promise((resolve) => setTimeout(resolve, 0));
    while (!host.listening()) await new Promise((resolve) => setImmediate(resolve));
    host.interrupt();
    expect(await ended).toBe(130);
    expect(host.stdout.objects).toEqual([
      { type: 'error', error: expect.objectContaining({ name: 'AbortError', code: 'SYNC_CANCELLED' }) },
    ]);
    expect(host.stderr.text).toBe('mapisync: Cancelled.\n');
  });
});
