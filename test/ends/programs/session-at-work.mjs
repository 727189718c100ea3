/**
 * A session that nobody closes, idle or with a sync that its provider never lets go of. This file is also a worker that has such
 * a session and stays.
 */
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { logon } from 'mapisync';
import { sampleMapi, sampleProfile, scenario } from 'mapisync/testing';
import { seen } from './setting.mjs';

export async function atWork({ path, state }) {
  const deaf = scenario().option('ignore-cancel').progress('Inbox', 1, 2).block();
  const profile = await sampleProfile({ path, stores: [{ name: 'Only', scenario: deaf }], options: ['books'] });
  const session = await logon({ mapi: sampleMapi, profile: profile.path });
  if (state === 'idle') return;
  const run = (await session.openStore()).synchronize();
  run.catch(() => {});
  await seen(run, 'progress');
  run.unref();
}

if (!isMainThread) {
  await atWork(workerData);
  parentPort.on('message', () => {});
  parentPort.postMessage('at work');
}
