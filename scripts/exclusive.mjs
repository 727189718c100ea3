/** One set-up at a time in a checkout, and one build of each kind, also when two terminals ask for it. */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { toolchain } from './paths.mjs';

const kPollMs = 200;

/**
 * Runs `work` while no other process of this checkout runs work of that name. A lock whose owner has died is taken over.
 *
 * @template T @param {string} name @param {() => Promise<T>} work @returns {Promise<T>}
 */
export async function exclusively(name, work) {
  const locks = join(toolchain, 'locks');
  mkdirSync(locks, { recursive: true });
  const lock = join(locks, name);
  let said = false;
  while (!take(lock)) {
    const owner = ownerOf(lock);
    if (owner === null || !isAlive(owner)) {
      rmSync(lock, { force: true });
      continue;
    }
    if (!said) console.error(`Waiting for process ${owner}, which does the same (${name}).`);
    said = true;
    await delay(kPollMs);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock) {
  try {
    const file = openSync(lock, 'wx');
    writeSync(file, `${process.pid}\n`);
    closeSync(file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** The process that holds the lock; null for a lock that has no owner written in it (any more). */
function ownerOf(lock) {
  try {
    const pid = Number.parseInt(readFileSync(lock, 'utf8'), 10);
    return Number.isInteger(pid) ? pid : null;
  } catch {
    return null;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
