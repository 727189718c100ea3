/**
 * One set-up at a time in a checkout, and one build of each kind, also when two terminals ask for it.
 *
 * A lock is a local socket that its owner listens on. The system lets one process alone listen under a name, and takes the
 * name back when that process ends, however it ends: so no lock is ever left behind.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { onWindows, root } from './paths.mjs';

/**
 * Runs `work` while no other process of this checkout, and nobody else in this process, runs work of that name.
 *
 * @template T @param {string} name @param {() => Promise<T>} work @returns {Promise<T>}
 */
export async function exclusively(name, work) {
  const address = addressOf(name);
  let said = false;
  const tellOwner = (owner) => {
    if (!said) console.error(`Waiting for process ${owner}, which does the same (${name}).`);
    said = true;
  };
  let release = await take(address);
  while (release === null) {
    await untilReleased(address, tellOwner);
    release = await take(address);
  }
  try {
    return await work();
  } finally {
    release();
  }
}

/** Abstract on Linux: such a socket has a name, and no file that could outlive its owner. */
function addressOf(name) {
  const checkout = createHash('sha256').update(root).digest('hex').slice(0, 16);
  return `${onWindows ? '\\\\.\\pipe\\' : '\0'}mapisync-${checkout}-${name}`;
}

/** @returns {Promise<(() => void) | null>} what releases the lock; null where another has it */
async function take(address) {
  const waiting = new Set();
  const server = createServer((socket) => {
    waiting.add(socket);
    socket.on('error', () => {}).on('close', () => waiting.delete(socket));
    socket.resume().unref().write(String(process.pid));
  });
  // The lock must not keep its owner from ending.
  server.unref();
  server.listen(address);
  try {
    await once(server, 'listening');
  } catch (error) {
    if (error.code === 'EADDRINUSE') return null;
    throw error;
  }
  return () => {
    server.close();
    for (const socket of waiting) socket.destroy();
  };
}

/** Waits until the owner has released the lock or has ended, which closes the connection to it. */
function untilReleased(address, tellOwner) {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.on('data', tellOwner);
    // An owner that releases the lock in this moment refuses the connection: then it can be taken.
    socket.on('error', () => {}).on('close', resolve);
  });
}
