/** A sync that reports nothing: how often JavaScript is woken between its start and its end. */
import { logon } from 'mapisync';
import { sampleMapi, scenario } from 'mapisync/testing';
import { scripted, withProfile } from '../profiles.mjs';

/** @param {{ shortMs: number, longMs: number }} options */
export async function measure({ shortMs, longMs }) {
  const short = await turnsOf(shortMs);
  const long = await turnsOf(longMs);
  // What start and end take themselves is in both.
  return { short, long };
}

/** Turns of the event loop between `start` and `end`, with nothing else going on. */
function turnsOf(ms) {
  return withProfile(scripted(scenario().sleep(ms).done(0)), turnsIn);
}

async function turnsIn(profile) {
  const session = await logon({ mapi: sampleMapi, profile: profile.path });
  const store = await session.openStore();
  const run = store.synchronize();
  let started = 0;
  run.on('start', () => {
    started = performance.nodeTiming.uvMetricsInfo.loopCount;
  });
  let ended = 0;
  run.on('end', () => {
    ended = performance.nodeTiming.uvMetricsInfo.loopCount;
  });
  await run;
  await session.close();
  return ended - started;
}
