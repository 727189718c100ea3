/** A worker whose provider never stops. It reads all, nothing at all, or is too busy to. */
import { parentPort } from 'node:worker_threads';
import { args, endless, open, seen } from './setting.mjs';

const [reader] = args;
const { profile, store } = await open(endless());
const run = store.synchronize({ delivery: reader === 'idle' ? 'latest' : 'every' });
await seen(run, 'start');
if (reader === 'flood') run.on('progress', () => {});
if (reader === 'held') {
  const events = run[Symbol.asyncIterator]();
  await events.next();
  await events.next();
}
parentPort.postMessage(profile.path);
if (reader === 'held') for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
