/** A worker that asks the addon for something and blocks its thread, so that the answer stays open until it is terminated. */
import { parentPort } from 'node:worker_threads';
import { logon, profiles } from 'mapisync';
import { IID_IMAPISync, queryInterface } from 'mapisync/com';
import { sampleMapi } from 'mapisync/testing';
import { args, seen } from './setting.mjs';

const [kind, profile] = args;

/** So many at once that the last answer comes after the worker has gone. */
const AT_ONCE = 8;
const often = (ask) => {
  for (let i = 0; i < AT_ONCE; i += 1) void ask();
};

async function running() {
  const session = await logon({ mapi: sampleMapi, profile });
  const store = await session.openStore();
  const run = store.synchronize();
  run.catch(() => {});
  await seen(run, 'progress');
  return { session, store, run };
}

const asks = {
  logon: async () => often(() => logon({ mapi: sampleMapi, profile })),
  profiles: async () => often(() => profiles({ mapi: sampleMapi })),
  'session.close': async () => void (await running()).session.close(),
  'store.close': async () => void (await running()).store.close(),
  async letGo() {
    const { run } = await running();
    void run[Symbol.asyncDispose]();
    await run.catch(() => {});
  },
  async returned() {
    const session = await logon({ mapi: sampleMapi, profile });
    const sync = queryInterface(await session.openStore(), IID_IMAPISync);
    await new Promise((resolve) => {
      const callback = { Progress: resolve, Error() {}, Done() {} };
      void sync.SynchronizeInBackground({ flags: 0, callback });
    });
  },
};
await asks[kind]();
// What was asked for reaches the addon at once, or in a microtask.
await new Promise((resolve) => setImmediate(resolve));
parentPort.postMessage('open');
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
