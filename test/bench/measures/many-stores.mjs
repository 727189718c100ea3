/** Many scripted stores at once: CPU time per Progress call, and the threads that it takes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { logon } from 'mapisync';
import { sampleMapi, scenario } from 'mapisync/testing';
import { client } from '../native-client.mjs';
import { flood, withProfile } from '../profiles.mjs';
import { synchronize } from '../ways/mapisync.mjs';

/** @param {{ stores: number, events: number, delivery: 'latest' | 'every' }} options `events`: of all stores together */
export async function measure({ stores, events, delivery }) {
  const each = Math.round(events / stores);
  const how = { delivery, reader: 'listener' };
  await withStores(1, flood(100_000), ([store]) => synchronize(store, how, () => {}));
  return await withStores(stores, flood(each), async (opened) => {
    const begin = performance.now();
    const cpu = process.cpuUsage();
    await Promise.all(opened.map((store) => synchronize(store, how, () => {})));
    const { user, system } = process.cpuUsage(cpu);
    return { each, ms: performance.now() - begin, cpuNsPerEvent: ((user + system) * 1000) / (each * stores) };
  });
}

/** @param {{ stores: number, pauseMs: number }} options The threads of ours that runs have whose calls have returned. */
export async function measureThreads({ stores, pauseMs }) {
  return await withStores(stores, scenario().sleep(pauseMs).done(0), async (opened) => {
    const ours = () => client.threadCount() - client.sampleCounters(sampleMapi.path).threads;
    const before = ours();
    const runs = opened.map((store) => store.synchronize());
    await sleep(pauseMs / 2);
    const during = ours();
    const provider = client.sampleCounters(sampleMapi.path).threads;
    await Promise.all(runs);
    return { before, during, provider };
  });
}

function withStores(count, steps, work) {
  const stores = Array.from({ length: count }, (_, at) => ({ name: `Store ${at}`, scenario: steps }));
  return withProfile(stores, (profile) => withAllOpen(profile, work));
}

async function withAllOpen(profile, work) {
  const session = await logon({ mapi: sampleMapi, profile: profile.path });
  const opened = [];
  for (const { entryId } of await session.stores()) opened.push(await session.openStore({ entryId }));
  try {
    return await work(opened);
  } finally {
    await session.close();
  }
}
