/** Takes a measurement in a process of its own, so that none begins with another's memory, heap and compiled code. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('measure.mjs', import.meta.url));
const LIMIT_MS = 120_000;

/** @param {string} name a module of measures/ @param {object} options what its `measure` is called with */
export async function measurement(name, options = {}) {
  const child = spawn(process.execPath, ['--expose-gc', script, name, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
  });
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const [{ code, signal }, output, complaint] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  if (code !== 0) throw new Error(`${name} ${JSON.stringify(options)} ended with ${signal ?? code}:\n${complaint}`);
  return JSON.parse(output);
}
