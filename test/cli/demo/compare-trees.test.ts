import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareTrees } from '../../../src/cli/demo/compare-trees.js';

let work: string;

beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'mapisync-test-'));
});

afterEach(async () => {
  await rm(work, { recursive: true, force: true });
});

/** Files by their paths; a path that ends in '/' is a folder. */
async function tree(name: string, files: Record<string, string | Uint8Array>): Promise<string> {
  const root = join(work, name);
  await mkdir(root);
  for (const [path, content] of Object.entries(files)) {
    if (path.endsWith('/')) await mkdir(join(root, path), { recursive: true });
    else {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    }
  }
  return root;
}

describe('compareTrees', () => {
  it('finds equal trees equal, and counts what it compared', async () => {
    const files = { 'a.eml': 'a', 'Größe/b.eml': 'bb', 'Größe/leer/': '', 'empty.eml': '' };
    expect(await compareTrees(await tree('server', files), await tree('local', files))).toEqual({
      differences: [],
      folders: 2,
      files: 3,
      bytes: 3,
    });
  });

  it('names whatever differs, and on which side it is', async () => {
    const server = await tree('server', {
      'same.eml': 'x',
      'a.eml': 'one',
      'b.eml': 'xx',
      'c/': '',
      'd/e.eml': 'x',
      'f/': '',
    });
    const local = await tree('local', {
      'same.eml': 'x',
      'a.eml': 'two',
      'b.eml': 'x',
      c: '',
      'g/h.eml': 'x',
      'f/i.eml': '',
    });
    expect((await compareTrees(server, local)).differences).toEqual([
      { path: 'a.eml', found: 'different' },
      { path: 'b.eml', found: 'different' },
      { path: 'c', found: 'different' },
      { path: 'd', found: 'only on the server' },
      { path: 'f/i.eml', found: 'only locally' },
      { path: 'g', found: 'only locally' },
    ]);
  });

  it('sees one byte that differs behind the first megabyte', async () => {
    const one = Buffer.alloc(3 * 1024 * 1024 + 7, 'mail');
    const other = Buffer.from(one);
    other[one.length - 1] = 0;
    const server = await tree('server', { 'large.eml': one, 'same.eml': one });
    const { differences, bytes } = await compareTrees(
      server,
      await tree('local', { 'large.eml': other, 'same.eml': one }),
    );
    expect(differences).toEqual([{ path: 'large.eml', found: 'different' }]);
    expect(bytes).toBe(one.length);
  });

  it('rejects where a tree cannot be read', async () => {
    await expect(compareTrees(join(work, 'none'), await tree('local', {}))).rejects.toThrow('ENOENT');
  });
});
