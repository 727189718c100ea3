import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, isAbsolute, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SampleProfileOptions, sampleProfile, scenario } from '../../src/testing/index.js';

let work: string;

beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'mapisync-test-'));
});

afterEach(async () => {
  await rm(work, { recursive: true, force: true });
});

/** Paths of all files below `folder`, and what is in them. */
async function filesOf(folder: string, way = ''): Promise<Record<string, Buffer>> {
  const found: Record<string, Buffer> = {};
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = way + entry.name;
    if (entry.isDirectory()) Object.assign(found, await filesOf(join(folder, entry.name), `${path}/`));
    else found[path] = await readFile(join(folder, entry.name));
  }
  return found;
}

describe('sampleProfile', () => {
  it('makes one folder a store, and lists them in stores.txt, the default first', async () => {
    const profile = await sampleProfile({
      stores: [
        { name: 'Archive', mailbox: {} },
        { name: 'Flaky', scenario: scenario().progress('Inbox', 1, 10).done(0) },
        { name: 'Typed', scenario: 'frob\n' },
        { name: 'Old', syncless: true },
      ],
    });
    expect(isAbsolute(profile.path)).toBe(true);
    expect(profile.stores.map(({ name }) => name)).toEqual(['Archive', 'Flaky', 'Typed', 'Old']);
    const [archive, flaky, typed, old] = profile.stores.map(({ folder }) => folder) as [string, string, string, string];
    expect(await readdir(archive)).toEqual(['local', 'server']);
    expect(await readFile(join(flaky, 'scenario.txt'), 'utf8')).toBe('progress "Inbox" 1 10\ndone 0x00000000\n');
    expect(await readFile(join(typed, 'scenario.txt'), 'utf8')).toBe('frob\n');
    expect(await readdir(old)).toEqual(['syncless']);
    expect(await readFile(join(profile.path, 'stores.txt'), 'utf8')).toBe(
      profile.stores.map(({ name, folder }) => `${basename(folder)}\t${name}\n`).join(''),
    );
    await profile[Symbol.asyncDispose]();
    expect(existsSync(profile.path)).toBe(false);
  });

  it('copies trees byte for byte, with long paths and names in any writing, and leaves the originals alone', async () => {
    const deep = Array.from({ length: 4 }, (_, at) => `${at} ${'ordner-名前-'.repeat(8)}`);
    const server = join(work, 'server tree');
    const bytes = Buffer.from([0, 1, 0xff, 0xfe, 13, 10, 10, 0xc3]);
    await mkdir(join(server, ...deep), { recursive: true });
    await mkdir(join(server, 'leer'));
    await writeFile(join(server, ...deep, 'größe 👍.eml'), bytes);
    await writeFile(join(server, 'empty.eml'), '');
    for (let at = 0; at < 20; at++) await writeFile(join(server, `${at}.eml`), `message ${at}\r\n`);
    const before = await filesOf(server);

    const profile = await sampleProfile({ path: join(work, 'profile'), stores: [{ name: 'A', mailbox: { server } }] });
    const folder = profile.stores[0]?.folder as string;
    expect(join(folder, 'server', ...deep).length).toBeGreaterThan(260);
    expect(await filesOf(join(folder, 'server'))).toEqual(before);
    expect((await stat(join(folder, 'server', 'leer'))).isDirectory()).toBe(true);
    expect(await readdir(join(folder, 'local'))).toEqual([]);
    await profile[Symbol.asyncDispose]();
    expect(await filesOf(server)).toEqual(before);
    expect(await readdir(work)).toEqual(['server tree']);
  });

  it('calls the folders as the stores, wherever that is possible', async () => {
    const names = ['Archive', 'archive', 'Åsa Lindqvist', 'Archive', 'a/b', 'NUL.txt', 'stores.txt', 'dot.'];
    await using profile = await sampleProfile({ stores: names.map((name) => ({ name, syncless: true })) });
    expect(profile.stores.map(({ folder }) => basename(folder))).toEqual([
      'Archive',
      'archive (2)',
      'Åsa Lindqvist',
      'Archive (3)',
      'a_b',
      '_NUL.txt',
      'stores.txt (2)',
      'dot',
    ]);
    for (const { folder } of profile.stores) expect(join(profile.path, basename(folder))).toBe(folder);
  });

  it('keeps stores of the same name apart, and takes characters that no file name can have', async () => {
    const names = ['Same', 'Same', 'CON', 'a/b\\c:d*e?"<>|', 'tab\there', ' … ', 'ends in a dot.', '邮箱'.repeat(60)];
    const profile = await sampleProfile({ stores: names.map((name) => ({ name, syncless: true })) });
    expect(new Set(profile.stores.map(({ folder }) => folder.toLowerCase())).size).toBe(names.length);
    for (const { folder } of profile.stores) expect(await readdir(folder)).toEqual(['syncless']);
    const listed = (await readFile(join(profile.path, 'stores.txt'), 'utf8')).split('\n').slice(0, -1);
    expect(listed.map((line) => line.slice(line.indexOf('\t') + 1))).toEqual(names);
    await profile[Symbol.asyncDispose]();
  });

  it('writes down how session and tables are to misbehave', async () => {
    const stores = [{ name: 'A', syncless: true }] as const;
    await using profile = await sampleProfile({ stores, options: ['rows 10000', 'error 0x3001001F 0x8004010F'] });
    expect(await readFile(join(profile.path, 'options.txt'), 'utf8')).toBe('rows 10000\nerror 0x3001001F 0x8004010F\n');
    await using plain = await sampleProfile({ stores });
    expect(existsSync(join(plain.path, 'options.txt'))).toBe(false);
  });

  it('uses an empty folder that is there, and can be disposed twice', async () => {
    const profile = await sampleProfile({ path: work, stores: [{ name: 'A', syncless: true }] });
    expect(profile.path).toBe(work);
    await profile[Symbol.asyncDispose]();
    await profile[Symbol.asyncDispose]();
    expect(existsSync(work)).toBe(false);
  });

  it.each<[string, unknown, RegExp]>([
    ['no options', undefined, /^options must be an object; got undefined$/],
    ['no stores', {}, /^options.stores must be an array; got undefined$/],
    ['a store that is none', { stores: ['A'] }, /^options.stores\[0\] must be an object; got 'A'$/],
    [
      'a store without a name',
      { stores: [{ syncless: true }] },
      /^options.stores\[0\].name must be a string; got undefined$/,
    ],
    [
      'a store without a kind',
      { stores: [{ name: 'A' }] },
      /^options.stores\[0\] must have exactly one of .*; got none of them$/,
    ],
    [
      'a store of two kinds',
      { stores: [{ name: 'A', syncless: true, mailbox: {} }] },
      /exactly one of mailbox, scenario, syncless; got mailbox and syncless$/,
    ],
    [
      'a syncless that is false',
      { stores: [{ name: 'A', syncless: false }] },
      /^options.stores\[0\].syncless must be true/,
    ],
    [
      'a scenario that is none',
      { stores: [{ name: 'A', scenario: ['done'] }] },
      /^options.stores\[0\].scenario must be/,
    ],
    [
      'a mailbox that is none',
      { stores: [{ name: 'A', mailbox: 'x' }] },
      /^options.stores\[0\].mailbox must be an object/,
    ],
    [
      'a tree that is none',
      { stores: [{ name: 'A', mailbox: { server: 1 } }] },
      /^options.stores\[0\].mailbox.server must be/,
    ],
    ['a path that is none', { stores: [], path: 1 }, /^options.path must be a string; got 1$/],
  ])('refuses %s with a TypeError', async (_, options, message) => {
    const made = sampleProfile(options as SampleProfileOptions);
    await expect(made).rejects.toThrow(TypeError);
    await expect(made).rejects.toThrow(message);
  });

  it.each<[string, (work: string) => unknown, RegExp]>([
    ['an empty list of stores', () => ({ stores: [] }), /^options.stores must have at least one store; got \[\]$/],
    [
      'an option of two lines',
      () => ({ stores: [{ name: 'A', syncless: true }], options: ['rows 1\nlogon 1'] }),
      /^options.options\[0\] must be words .*; got 'rows 1\\nlogon 1'$/,
    ],
    ['an empty name', () => ({ stores: [{ name: '', syncless: true }] }), /^options.stores\[0\].name must be one line/],
    ['a name of two lines', () => ({ stores: [{ name: 'a\nb', syncless: true }] }), /one line of text.*; got 'a\\nb'$/],
    ['a lone surrogate', () => ({ stores: [{ name: 'a\ud800', syncless: true }] }), /lone surrogates/],
    ['a relative path', () => ({ stores: [], path: 'here' }), /^options.path must be absolute; got 'here'$/],
    ['a path with something in it', (at) => ({ stores: [], path: at }), /^options.path must be an empty folder/],
    [
      'a tree that does not exist',
      (at) => ({ stores: [{ name: 'A', mailbox: { server: join(at, 'none') } }] }),
      /^options.stores\[0\].mailbox.server must be a folder that can be read \(ENOENT\); got .*none'$/,
    ],
    [
      'a tree that is a file',
      (at) => ({ stores: [{ name: 'A', mailbox: { local: join(at, 'file') } }] }),
      /^options.stores\[0\].mailbox.local must be a folder; got the file/,
    ],
    [
      'a tree that holds the profile',
      (at) => ({ path: join(at, 'p'), stores: [{ name: 'A', mailbox: { local: at } }] }),
      /^options.stores\[0\].mailbox.local must not hold the profile's own path/,
    ],
  ])('refuses %s with a RangeError, and writes nothing', async (_, options, message) => {
    await writeFile(join(work, 'file'), '');
    const made = sampleProfile(options(work) as SampleProfileOptions);
    await expect(made).rejects.toThrow(RangeError);
    await expect(made).rejects.toThrow(message);
    expect(await readdir(work)).toEqual(['file']);
  });
});
