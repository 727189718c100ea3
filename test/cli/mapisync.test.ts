/** The command as it is installed, in a process of its own, on the embedded sample MAPI. */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SampleStore, sampleMapi, sampleProfile, scenario } from '../../src/testing/index.js';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** Everything that the command may write to lies here. */
let work: string;

interface Ended {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

const QUIET_MS = 2000;

function mapisync(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], {
      env: { ...process.env, LOCALAPPDATA: work, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    // What it leaves behind may have inherited the pipes and keep them open (Wine starts its desktop from whichever program
    // first needs one): when it has ended, their being quiet is their end.
    child.on('exit', () => {
      const letGo = () => {
        child.stdout.destroy();
        child.stderr.destroy();
      };
      let quiet = setTimeout(letGo, QUIET_MS);
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', () => {
          clearTimeout(quiet);
          quiet = setTimeout(letGo, QUIET_MS);
        });
      }
      child.on('close', () => clearTimeout(quiet));
    });
    child.on('error', reject).on('close', (exitCode) => resolve({ exitCode, out, err }));
  });
}

function objectsIn(out: string): Record<string, unknown>[] {
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

/** Runs the command on a profile of its own that has these stores. */
async function onProfile(stores: readonly SampleStore[], ...args: readonly string[]): Promise<Ended> {
  await using profile = await sampleProfile({ stores });
  return await mapisync([...args, '--mapi', 'sample', '--profile', profile.path]);
}

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'mapisync-test-'));
});

afterAll(async () => {
  await rm(work, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
});

const done = scenario().progress('Inbox', 1, 2).progress('Inbox', 2, 2).done(0);

describe.runIf(process.platform === 'win32')('the installed command', { timeout: 120_000 }, () => {
  it('runs the demo: both mailboxes are equal on both sides afterwards, and what cannot synchronize is skipped', async () => {
    const { exitCode, out, err } = await mapisync(['demo']);
    expect(err).toBe('');
    expect(out).toMatch(/^Making a sample profile in .*\\demo\n {2}2 mailboxes: 3\d\d messages, /);
    expect(out).toMatch(/^Åsa Lindqvist +succeeded +\d+ +0 /m);
    expect(out).toMatch(/^Hafenprojekt – geteilt +succeeded +\d+ +0 /m);
    expect(out).toMatch(/^Öffentliche Ordner +skipped$/m);
    expect(out).toContain('\n2 succeeded, 1 skipped in ');
    expect(out.match(/^.*: server and local are equal, compared byte by byte$/gm)).toHaveLength(2);
    expect(out.match(/^ {2}now on both sides: \d+ messages, .* in \d+ folders$/gm)).toHaveLength(2);
    expect(exitCode).toBe(0);

    const again = await mapisync(['sync', '--all', '--mapi', 'sample', '--profile', 'demo', '--json']);
    expect(again.exitCode).toBe(0);
    const ends = objectsIn(again.out).filter(({ type }) => type === 'end' || type === 'skipped');
    expect(ends.map(({ store }) => store).sort()).toEqual([
      'Hafenprojekt – geteilt',
      'Åsa Lindqvist',
      'Öffentliche Ordner',
    ]);

    const profiles = await mapisync(['profiles', '--mapi', 'sample', '--json']);
    expect(objectsIn(profiles.out)).toContainEqual(expect.objectContaining({ type: 'profile', name: 'demo' }));
    const stores = await mapisync(['stores', '--mapi', 'sample', '--profile', 'demo']);
    expect(stores.out.split('\n')[1]).toMatch(/^Åsa Lindqvist +yes /);
  });

  it('runs the demo in JSON lines, comparisons included', async () => {
    const { exitCode, out, err } = await mapisync(['demo', '--json']);
    expect(err).toBe('');
    expect(exitCode).toBe(0);
    const objects = objectsIn(out);
    expect(new Set(objects.map(({ type }) => type))).toEqual(
      new Set(['start', 'progress', 'end', 'skipped', 'finished', 'comparison']),
    );
    for (const comparison of objects.filter(({ type }) => type === 'comparison')) {
      expect(comparison).toMatchObject({ differences: [], storeId: expect.stringMatching(/^[0-9A-F]+$/) });
      expect(comparison.files).toBeGreaterThan(100);
    }
  });

  it('writes the events of a store as JSON lines, with its name and id', async () => {
    const { exitCode, out, err } = await onProfile([{ name: 'Örtlich', scenario: done }], 'sync', '--json');
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    const objects = objectsIn(out);
    expect(objects[0]).toMatchObject({ type: 'start', engine: 'imapisync', store: 'Örtlich' });
    expect(objects.at(-2)).toMatchObject({ type: 'end', outcome: 'succeeded', code: 'S_OK', store: 'Örtlich' });
    expect(objects.pop()).toMatchObject({ type: 'finished', outcome: 'succeeded' });
    expect(new Set(objects.map(({ storeId }) => storeId)).size).toBe(1);
    expect(objects[0]?.storeId).toMatch(/^([0-9A-F]{2})+$/);
  });

  it('ends with 3 when a provider reported problems', async () => {
    const problems = scenario().error(0x80070005, 'a.eml is locked').done(0x00040680);
    const { exitCode, out } = await onProfile([{ name: 'A', scenario: problems }], 'sync');
    expect(exitCode).toBe(3);
    expect(out).toMatch(/^A: error: \w+: a\.eml is locked$/m);
    expect(out).toMatch(/^1 succeeded in /m);
  });

  it('ends with 1 when a sync fails or takes too long, and says why', async () => {
    const failing = scenario().done(0x80040115);
    const failed = await onProfile([{ name: 'A', scenario: failing }], 'sync', 'A');
    expect(failed.exitCode).toBe(1);
    expect(failed.out).toContain('MAPI_E_NETWORK_ERROR');
    const slow = scenario()
      .repeat(600, (step) => step.sleep(100))
      .done(0);
    const late = await onProfile([{ name: 'A', scenario: slow }], 'sync', '--timeout', '300ms', '--json');
    expect(late.exitCode).toBe(1);
    expect(objectsIn(late.out).at(-2)).toMatchObject({ type: 'end', outcome: 'timed-out', code: 'SYNC_TIMEOUT' });
  });

  it('ends with 1 where a store is named that cannot synchronize, and with 0 where --all skips it', async () => {
    const stores: SampleStore[] = [
      { name: 'A', scenario: done },
      { name: 'Old', syncless: true },
    ];
    const named = await onProfile(stores, 'sync', 'Old');
    expect(named.exitCode).toBe(1);
    expect(named.out).toContain('MAPI_E_INTERFACE_NOT_SUPPORTED');
    const all = await onProfile(stores, 'sync', '--all');
    expect(all.exitCode).toBe(0);
    expect(all.out).toContain('1 succeeded, 1 skipped');
  });

  it('says what came and what would do, and synchronizes nothing, when a name matches no store or two', async () => {
    const stores: SampleStore[] = [
      { name: 'Twin', scenario: done },
      { name: 'Twin', scenario: done },
    ];
    const two = await onProfile(stores, 'sync', 'Twin', '--json');
    expect(two.exitCode).toBe(1);
    expect(objectsIn(two.out)).toEqual([
      { type: 'error', error: expect.objectContaining({ code: 'MAPI_E_AMBIGUOUS_RECIP' }) },
    ]);
    expect(two.err).toContain('Twin');
    const none = await onProfile(stores, 'sync', 'Nowhere', '--json');
    expect(none.exitCode).toBe(1);
    expect(objectsIn(none.out)).toEqual([
      { type: 'error', error: expect.objectContaining({ code: 'MAPI_E_NOT_FOUND' }) },
    ]);
    expect(none.err).toContain('Nowhere');
  });

  it('ends with 1 where a profile or a MAPI DLL is missing, and makes nothing', async () => {
    const before = await readdir(work);
    const profile = join(work, 'no such profile');
    const noProfile = await mapisync(['sync', '--mapi', 'sample', '--profile', profile, '--json']);
    expect(noProfile.exitCode).toBe(1);
    const objects = objectsIn(noProfile.out);
    expect(objects).toEqual([
      { type: 'error', error: expect.objectContaining({ operation: 'MAPILogonEx', name: 'MapiError' }) },
    ]);
    expect(noProfile.err).toMatch(/^mapisync: MAPILogonEx: /);
    const noDll = await mapisync(['stores', '--mapi', join(work, 'none.dll')]);
    expect(noDll.exitCode).toBe(1);
    expect(noDll.err).toMatch(/MAPI_NOT_INSTALLED/);
    const text = join(work, 'text.dll');
    await writeFile(text, 'no library');
    const noLibrary = await mapisync(['profiles', '--mapi', text]);
    expect(noLibrary.exitCode).toBe(1);
    expect(noLibrary.err).toMatch(/MAPI_NOT_A_MAPI_DLL/);
    await rm(text);
    expect(await readdir(work)).toEqual(before);
  });

  it('ends with 2 where the command line is wrong, a relative DLL path included', async () => {
    const relative = await mapisync(['sync', '--mapi', 'mapisync-sample.dll']);
    expect(relative.exitCode).toBe(2);
    expect(relative.err).toContain(
      "--mapi takes 'sample', or the absolute path of a MAPI DLL; got 'mapisync-sample.dll'",
    );
    const unknown = await mapisync(['sync', '--direktion=both']);
    expect(unknown.exitCode).toBe(2);
    expect(unknown.err).toContain('did you mean --direction?');
    expect((await mapisync([])).exitCode).toBe(2);
  });

  it('names file, line and word of a scenario that it does not understand, and goes on with other stores', async () => {
    const stores: SampleStore[] = [
      { name: 'Mistyped', scenario: 'progress "Inbox" 1 2\nfrob 1\n' },
      { name: 'A', scenario: done },
    ];
    const { exitCode, out } = await onProfile(stores, 'sync', '--all');
    expect(exitCode).toBe(1);
    expect(out).toMatch(/scenario\.txt.*line 2.*"frob"/);
    expect(out).toContain('1 succeeded, 1 failed');
  });

  it('fails for a mailbox whose folder is missing, and leaves the other side as it is', async () => {
    await using profile = await sampleProfile({ stores: [{ name: 'A', mailbox: {} }] });
    const folder = profile.stores[0]?.folder as string;
    await writeFile(join(folder, 'local', 'mine.eml'), 'Subject: mine\r\n\r\n');
    await rm(join(folder, 'server'), { recursive: true });
    const { exitCode, out } = await mapisync(['sync', '--mapi', 'sample', '--profile', profile.path]);
    expect(exitCode).toBe(1);
    expect(out).toContain('server');
    expect(await readdir(folder)).toEqual(['local']);
    expect(await readFile(join(folder, 'local', 'mine.eml'), 'utf8')).toBe('Subject: mine\r\n\r\n');
  });

  it('takes the sample by its path as well', async () => {
    await using profile = await sampleProfile({ stores: [{ name: 'A', scenario: done }] });
    const { exitCode } = await mapisync(['sync', '--mapi', sampleMapi.path, '--profile', profile.path]);
    expect(exitCode).toBe(0);
  });

  it('draws live lines where it is told that its output is a terminal', async () => {
    await using profile = await sampleProfile({ stores: [{ name: 'A', scenario: done }] });
    const args = ['sync', '--mapi', 'sample', '--profile', profile.path];
    const { exitCode, out } = await mapisync(args, { MAPISYNC_TERMINAL: '1', COLUMNS: '60' });
    expect(exitCode).toBe(0);
    expect(out).toContain('\x1b[1A\r');
    expect(out).toMatch(/A {2}█+ {2}100 % {2}succeeded in /);
  });
});
