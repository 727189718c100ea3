/** What the steps of a test run print. Steps run side by side; the text of each appears whole, when it has ended. */
import { AsyncLocalStorage } from 'node:async_hooks';

/** The chunks of the step that is running; none outside of a step. @type {AsyncLocalStorage<(string | Uint8Array)[]>} */
const chunks = new AsyncLocalStorage();

/** @param {string | Uint8Array} chunk */
export function write(chunk) {
  const collected = chunks.getStore();
  if (collected === undefined) process.stdout.write(chunk);
  else collected.push(chunk);
}

/** @param {string} line */
export function print(line) {
  write(`${line}\n`);
}

/** Runs `work` and prints all that it has printed when it has ended. @template T @param {() => Promise<T>} work */
export async function printedWhole(work) {
  /** @type {(string | Uint8Array)[]} */
  const collected = [];
  try {
    return await chunks.run(collected, work);
  } finally {
    write(Buffer.concat(collected.map((chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk))));
  }
}
