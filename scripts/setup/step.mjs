/**
 * One step of the set-up: done once, done again when what it depends on has changed, and mended when it was interrupted.
 *
 * A step owns a folder. Its stamp lies in that folder, is written last, and holds the key of what was installed: a
 * folder without its stamp, or with an old one, is made again from nothing.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolchain } from '../paths.mjs';

const STAMP = '.mapisync-setup';

/** A short name for everything that a step's result depends on: versions, the content of lock files. */
export function keyOf(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(String(part)).update('\0');
  return hash.digest('hex').slice(0, 16);
}

/** @param {{ folder: string, key: string, holds?: readonly string[] }} step */
export function isDone({ folder, key, holds = [] }) {
  try {
    return readFileSync(join(folder, STAMP), 'utf8').trim() === key && holds.every((path) => existsSync(path));
  } catch {
    return false;
  }
}

/**
 * The caller has the lock `setup`, so that nobody else in this checkout sets up at the same time.
 *
 * @param {{ title: string, usual: string, folder: string, key: string, holds?: readonly string[],
 *   discard?: () => Promise<void>, make: (log: string) => Promise<void> }} step
 *   `usual`: how long it usually takes. `holds`: files that must be there for it to count as done.
 *   `discard`: what else must happen before a folder that is half made is deleted.
 */
export async function ensureStep(step) {
  if (isDone(step)) return;
  await announced(step.title, step.usual, async (log) => {
    await step.discard?.();
    rmSync(step.folder, { recursive: true, force: true });
    mkdirSync(step.folder, { recursive: true });
    await step.make(log);
    const stamp = join(step.folder, STAMP);
    writeFileSync(`${stamp}.new`, `${step.key}\n`);
    renameSync(`${stamp}.new`, stamp);
  });
}

/**
 * Says what begins and how long it usually takes, then how long it took: a line each, because steps run side by side. All
 * of it on stderr: stdout belongs to the program that runs.
 */
export async function announced(title, usual, work) {
  const logs = join(toolchain, 'logs');
  mkdirSync(logs, { recursive: true });
  const log = join(
    logs,
    `${title
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replace(/-$/, '')}.log`,
  );
  writeFileSync(log, '');
  process.stderr.write(`  ${title} (usually ${usual}) ...\n`);
  const begin = Date.now();
  try {
    await work(log);
  } catch (error) {
    throw new Error(`${title} failed. All of its output: ${log}\n${error.message}`, { cause: error });
  }
  process.stderr.write(`  ${title}: ${((Date.now() - begin) / 1000).toFixed(0)} s\n`);
}
