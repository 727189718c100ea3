import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface TreeDifference {
  /** From the trees' root, with '/' between the names. */
  readonly path: string;
  /** A folder on one side and a file on the other is 'different'. */
  readonly found: 'only on the server' | 'only locally' | 'different';
}

export interface TreeComparison {
  readonly differences: readonly TreeDifference[];
  /** What is there on both sides and equal. */
  readonly folders: number;
  readonly files: number;
  readonly bytes: number;
}

/** Reads both trees, every byte of every file, and says where they differ. */
export async function compareTrees(server: string, local: string): Promise<TreeComparison> {
  const differences: TreeDifference[] = [];
  const total = { folders: 0, files: 0, bytes: 0 };
  const compareFolder = async (way: readonly string[]): Promise<void> => {
    const here = await entriesOf(join(server, ...way));
    const there = await entriesOf(join(local, ...way));
    for (const name of [...new Set([...here.keys(), ...there.keys()])].sort()) {
      const below = [...way, name];
      const path = below.join('/');
      const onServer = here.get(name);
      const locally = there.get(name);
      if (locally === undefined) differences.push({ path, found: 'only on the server' });
      else if (onServer === undefined) differences.push({ path, found: 'only locally' });
      else if (onServer !== locally) differences.push({ path, found: 'different' });
      else if (onServer === 'folder') {
        total.folders++;
        await compareFolder(below);
      } else {
        const equalBytes = await compareFiles(join(server, ...below), join(local, ...below));
        if (equalBytes === null) differences.push({ path, found: 'different' });
        else {
          total.files++;
          total.bytes += equalBytes;
        }
      }
    }
  };
  await compareFolder([]);
  return { differences, ...total };
}

async function entriesOf(folder: string): Promise<Map<string, 'folder' | 'file'>> {
  const entries = await readdir(folder, { withFileTypes: true });
  return new Map(entries.map((entry) => [entry.name, entry.isDirectory() ? 'folder' : 'file']));
}

const chunkSize = 1024 * 1024;

/** How many bytes both files have, or null where they differ. */
async function compareFiles(first: string, second: string): Promise<number | null> {
  const one = await open(first);
  try {
    const other = await open(second);
    try {
      const size = (await one.stat()).size;
      if ((await other.stat()).size !== size) return null;
      const mine = Buffer.allocUnsafe(Math.min(size, chunkSize));
      const theirs = Buffer.allocUnsafe(Math.min(size, chunkSize));
      for (let at = 0; at < size; ) {
        const { bytesRead } = await one.read(mine, 0, mine.length, at);
        if (bytesRead === 0) return null;
        for (let got = 0; got < bytesRead; ) {
          const read = (await other.read(theirs, got, bytesRead - got, at + got)).bytesRead;
          if (read === 0) return null;
          got += read;
        }
        if (mine.compare(theirs, 0, bytesRead, 0, bytesRead) !== 0) return null;
        at += bytesRead;
      }
      return size;
    } finally {
      await other.close();
    }
  } finally {
    await one.close();
  }
}
