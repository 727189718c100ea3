/** A folder as a user's is, with packages in its node_modules: this one, and one with nothing in it. */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** @param {string} script copied into the folder @param {(script: string) => Promise<unknown>} work gets the copy's path */
export async function installed(script, work) {
  const folder = await mkdtemp(join(tmpdir(), 'mapisync-bench-'));
  try {
    const packages = join(folder, 'node_modules');
    const empty = join(packages, 'empty');
    await mkdir(empty, { recursive: true });
    const manifest = { name: 'empty', version: '1.0.0', type: 'module', exports: { '.': { default: './index.js' } } };
    await writeFile(join(empty, 'package.json'), JSON.stringify(manifest, null, 2));
    await writeFile(join(empty, 'index.js'), '');
    for (const part of ['package.json', 'dist']) {
      await cp(join(root, part), join(packages, 'mapisync', part), { recursive: true });
    }
    await cp(fileURLToPath(new URL(script, import.meta.url)), join(folder, script));
    return await work(join(folder, script));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
