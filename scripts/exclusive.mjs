/** One set-up or build at a time in a checkout, also when two terminals ask for it. */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { toolchain } from './paths.mjs';

const kPollMs = 200;

/**
 * Runs `work` while no other process of this checkout runs anything exclusive. A lock whose owner has died is taken over.
 *
 * @template T @param {() => Promise<T>} work @returns {Promise<T>}
 */
export async function exclusively(work) {
  mkdirSync(toolchain, { recursive: true });
  const lock = join(toolchain, 'lock');
  let said = false;
  while (!take(lock)) {
    const owner = ownerOf(lock);
    if (owner === null || !isAlive(owner)) {
      rmSync(lock, { force: true });
      continue;
    }
    if (!said) console.error(`Waiting for process ${owner}, which sets up or builds this checkout.`);
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
