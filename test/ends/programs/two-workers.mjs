/** Two workers with a session each: one is terminated, the other's sync goes on to its end. */
import { Worker } from 'node:worker_threads';
import { delay, mark, millisecondsOf, moment } from './setting.mjs';

const start = (program, ...argv) => {
  const worker = new Worker(new URL(`./${program}.mjs`, import.meta.url), { argv: [moment, ...argv] });
  const atWork = new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return { worker, atWork };
};
const lasting = start('worker-to-the-end');
const ending = start('worker-with-sync', 'flood');
await Promise.all([lasting.atWork, ending.atWork]);
const result = new Promise((resolve) => lasting.worker.once('message', resolve));
await delay(millisecondsOf(60));
await ending.worker.terminate();
lasting.worker.postMessage('the other one has gone');
mark(await result);
