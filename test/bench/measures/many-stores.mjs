/**
 * Many scripted stores at once: CPU time per Progress call, in either delivery, and the threads that it takes.
 *
 * Every store waits until all have begun, and again when its calls are over: what starting and ending a run costs, a thread
 * of the provider's above all, is not what is asked here.
 */
import { logon } from 'mapisync';
import { sampleMapi, scenario } from 'mapisync/testing';
import { client } from '../native-client.mjs';
import { withProfile } from '../profiles.mjs';

const TEXT = 'Synchronising Inbox 12 of 40';
// All calls of all stores take less.
const CALLS_MS = 2000;
const MARGIN_MS = 500;
// What starting a run may take. On a busy machine it takes more.
const START_MS = [5, 20, 100];

/** @param {{ stores: number, events: { latest: number, every: number } }} options `events`: of all stores together */
export async function measure({ stores, events }) {
  return {
    latest: await measureDelivery('latest', stores, Math.round(events.latest / stores)),
    every: await measureDelivery('every', stores, Math.round(events.every / stores)),
  };
}

async function measureDelivery(delivery, stores, count) {
  for (const startMs of START_MS) {
    const startingMs = MARGIN_MS + stores * startMs;
    const steps = scenario()
      .sleep(startingMs)
      .repeat(count, (step) => step.progress(TEXT, '#', count))
      .sleep(CALLS_MS + startingMs)
      .done(0);
    const all = Array.from({ length: stores }, (_, at) => ({ name: `Store ${at}`, scenario: steps }));
    const result = await withProfile(all, (profile) => measureIn(profile, delivery, count));
    if (result !== null) return result;
  }
  throw new Error(`${stores} stores did not start in time: the machine is too busy`);
}

/** Answers null where a store has begun before all had started. */
async function measureIn(profile, delivery, count) {
  const session = await logon({ mapi: sampleMapi, profile: profile.path });
  const stores = [];
  for (const { entryId } of await session.stores()) stores.push(await session.openStore({ entryId }));
  const threads = () => client.threadCount() - client.sampleCounters(sampleMapi.path).threads;
  const threadsBefore = threads();

  const started = countdown(stores.length);
  const told = countdown(stores.length);
  const runs = stores.map((store) =>
    store
      .synchronize({ delivery })
      .on('start', started.down)
      .on('progress', ({ index }) => {
        if (index === count) told.down();
      }),
  );
  await started.zero;
  const isTooLate = runs.some((run) => run.latest !== null);
  const result = {
    threads: threads() - threadsBefore,
    threadsOfProvider: client.sampleCounters(sampleMapi.path).threads,
  };
  const cpu = process.cpuUsage();
  await told.zero;
  const { user, system } = process.cpuUsage(cpu);
  await Promise.all(runs);
  await session.close();
  if (isTooLate) return null;
  return { ...result, count, cpuNsPerEvent: ((user + system) * 1000) / (count * stores.length) };
}

/** `zero` resolves when `down` has been called so often. */
function countdown(times) {
  const { promise, resolve } = Promise.withResolvers();
  let left = times;
  return {
    zero: promise,
    down: () => {
      left -= 1;
      if (left === 0) resolve();
    },
  };
}
