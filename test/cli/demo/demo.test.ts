import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../../src/cli/run.js';
import { sampleMapi, sampleProfile } from '../../../src/testing/index.js';
import { simulatedHost } from '../simulated-host.js';
import { SimulatedMapiError, simulate } from '../simulated-library.js';

let work: string;

beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'mapisync-test-'));
});

afterEach(async () => {
  await rm(work, { recursive: true, force: true });
});

// Their runs succeed, and bring nothing over.
const stores = [
  { name: 'Åsa Lindqvist' },
  { name: 'Hafenprojekt – geteilt' },
  { name: 'Öffentliche Ordner', canSynchronize: false },
];
const testingKit = { sampleMapi, sampleProfile };

describe('mapisync demo', { timeout: 60_000 }, () => {
  it('fails, and says where, when the trees differ although the providers said that all went well', async () => {
    const host = simulatedHost(simulate(stores).library, { env: { LOCALAPPDATA: work }, testingKit });
    expect(await run(['demo'], host)).toBe(1);
    const out = host.stdout.text;
    expect(out).toContain('2 succeeded, 1 skipped in ');
    expect(out).toMatch(/^Åsa Lindqvist: server and local differ in \d+ places$/m);
    expect(out).toMatch(/^ {2}only on the server: Archive\/2024\/Q1\/.*\.eml$/m);
    expect(out).toMatch(/^ {2}only locally: .*$/m);
    expect(out).toMatch(/^ {2}\.\.\. and \d+ more$/m);
    expect(out).not.toContain('are equal');
  });

  it('says so as JSON, with every difference', async () => {
    const host = simulatedHost(simulate(stores).library, { env: { LOCALAPPDATA: work }, testingKit });
    expect(await run(['demo', '--json'], host)).toBe(1);
    const comparisons = host.stdout.objects.filter(({ type }) => type === 'comparison');
    expect(comparisons).toEqual([
      expect.objectContaining({ store: 'Åsa Lindqvist', storeId: '0000' }),
      expect.objectContaining({ store: 'Hafenprojekt – geteilt', storeId: '0001' }),
    ]);
    expect(JSON.stringify(comparisons[0]?.differences).match(/only locally/g)?.length).toBeGreaterThan(20);
  });

  it('makes nothing where no MAPI can be loaded', async () => {
    const { library } = simulate([]);
    const unavailable = new SimulatedMapiError('logon', 'MAPI_NOT_WINDOWS', 0x80004005);
    const nowhere = { ...library, isSupported: () => false, profiles: () => Promise.reject(unavailable) };
    const host = simulatedHost(nowhere, { env: { LOCALAPPDATA: work }, testingKit });
    expect(await run(['demo'], host)).toBe(1);
    expect(host.stderr.text).toContain('MAPI_NOT_WINDOWS');
    expect(await readdir(work)).toEqual([]);
  });

  it('needs a place for its profile', async () => {
    const host = simulatedHost(simulate(stores).library, { testingKit });
    expect(await run(['demo'], host)).toBe(1);
    expect(host.stderr.text).toBe('mapisync: LOCALAPPDATA is not set: it says where the demo may keep its profile\n');
  });

  it('stops making its profile at Ctrl-C', async () => {
    const simulation = simulate(stores);
    const host = simulatedHost(simulation.library, { env: { LOCALAPPDATA: work }, testingKit });
    const ended = run(['demo'], host);
    while (!host.stdout.text.includes('Making')) await new Promise((resolve) => setImmediate(resolve));
    host.interrupt();
    expect(await ended).toBe(130);
    expect(simulation.calls).toEqual([]);
    expect(host.stderr.text).toBe('mapisync: Cancelled.\n');
  });
});
