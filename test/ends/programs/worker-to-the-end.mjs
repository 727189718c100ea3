/** A worker whose sync lasts until another worker has gone, and some time longer; then it closes its session. */
import { once } from 'node:events';
import { parentPort } from 'node:worker_threads';
import { open, scenario, seen } from './setting.mjs';

const { session, store } = await open([
  { name: 'Long', scenario: scenario().repeat(0xffff_ffff, (step) => step.progress('Inbox', 1, 2)) },
  {
    name: 'Short',
    scenario: scenario()
      .repeat(1000, (step) => step.progress('Inbox', '#', 1000))
      .done(0),
  },
]);
const long = store.synchronize();
await seen(long, 'progress');
parentPort.postMessage('at work');
await once(parentPort, 'message');
await seen(long, 'progress');
long.cancel();
const short = await (await session.openStore({ displayName: 'Short' })).synchronize();
await session.close();
parentPort.postMessage(`${short.outcome} ${short.updates}`);
