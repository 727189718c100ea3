/** One way, once: what a Progress call costs the provider, how many events a second arrive, how far memory grows. */
import { sampleMapi } from 'mapisync/testing';
import { client } from '../native-client.mjs';
import { bursts, flood, scripted, withProfile } from '../profiles.mjs';
import { openWay } from '../ways.mjs';

const BURSTS = 5;
// Below the bound of 'every', EventChannel::kMaxEvents.
const BURST_EVENTS = 60_000;
const BURST_PAUSE_MS = 200;
const RSS_LOOK_MS = 10;
// To read the clock takes longer than to hand an event over: once in so many events.
const CLOCK_STRIDE = 1024;

/** @param {{ way: string, events: number, blocks: boolean }} options `blocks`: also with JavaScript's thread asleep */
export async function measure({ way, events, blocks }) {
  const burstEvents = Math.min(BURST_EVENTS, Math.ceil(events / 10));
  // A first run of everything, for the compiler.
  await played(way, bursts(2, burstEvents, 10));

  const result = { flood: await played(way, flood(events)) };
  result.burst = await played(way, bursts(BURSTS, burstEvents, BURST_PAUSE_MS));
  // The provider begins 50 ms after JavaScript has gone to sleep, and has ended long before it wakes up.
  if (blocks) result.blocked = await played(way, flood(burstEvents, 50), () => sleepHard(200));
  return result;
}

function played(way, steps, meanwhile = () => {}) {
  return withProfile(scripted(steps), (profile) => playedIn(profile, way, meanwhile));
}

async function playedIn(profile, way, meanwhile) {
  const opened = await openWay(way, profile.path);
  let delivered = 0;
  let first = 0;
  let last = 0;
  let timed = 0;
  const onProgress = () => {
    if (delivered % CLOCK_STRIDE === 0) {
      last = performance.now();
      timed = delivered;
      if (delivered === 0) first = last;
    }
    delivered += 1;
  };
  globalThis.gc();
  const before = client.sampleCounters(sampleMapi.path);
  const rss = process.memoryUsage.rss();
  let peak = rss;
  const looks = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, RSS_LOOK_MS);
  const run = opened.run(onProgress);
  meanwhile();
  await run;
  peak = Math.max(peak, process.memoryUsage.rss());
  clearInterval(looks);
  const after = client.sampleCounters(sampleMapi.path);
  await opened.close();
  return {
    calls: after.repeatCalls - before.repeatCalls,
    nsPerCall: (after.repeatNs - before.repeatNs) / (after.repeatCalls - before.repeatCalls),
    delivered,
    perSecond: timed > 0 ? (timed / (last - first)) * 1000 : 0,
    memoryGrowth: peak - rss,
  };
}

function sleepHard(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
