/**
 * Logs on and ends without closing its session: `node leaves-session.mjs MOMENT PROFILE WAY STATE`. PROFILE is an empty folder
 * for the profile; the sample's books are found there afterwards. STATE `running`: a sync is alive whose provider never lets go.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { profiles } from 'mapisync';
import { sampleMapi } from 'mapisync/testing';
import { atWork } from './session-at-work.mjs';
import { args, mark } from './setting.mjs';

const [path, way, state] = args;
if (way === 'electron') {
  Object.defineProperty(process.versions, 'electron', { value: '40.0.0' });
  process.type = 'browser';
}

if (way === 'worker') {
  const worker = new Worker(new URL('./session-at-work.mjs', import.meta.url), { workerData: { path, state } });
  await once(worker, 'message');
  await profiles({ mapi: sampleMapi });
} else {
  await atWork({ path, state });
}
mark(state);

switch (way) {
  case 'natural':
    break;
  case 'exit':
  case 'electron':
  case 'worker':
    process.exit(0);
    break;
  case 'uncaught':
    setImmediate(() => {
      throw new Error('nobody catches this');
    });
    break;
  case 'listener':
    process.on('exit', () => {
      throw new Error('thrown at exit');
    });
    process.exit(0);
    break;
}
