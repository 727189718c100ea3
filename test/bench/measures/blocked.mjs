/** A long flood, during which JavaScript blocks: what the channel's own counter says, and whether anything is lost. */
import { logon } from 'mapisync';
import { sampleMapi } from 'mapisync/testing';
import { watchNativeRuns } from '../native-runs.mjs';
import { flood, scripted, withProfile } from '../profiles.mjs';

/** @param {{ delivery: 'latest' | 'every', events: number, blockMs: number }} options */
export function measure(options) {
  const { events } = options;
  return withProfile(scripted(flood(events, 100)), (profile) => measureIn(profile, options));
}

async function measureIn(profile, { delivery, blockMs }) {
  const runs = watchNativeRuns();
  const session = await logon({ mapi: sampleMapi, profile: profile.path });
  const store = await session.openStore();
  let delivered = 0;
  let inOrder = true;
  let lastIndex = 0;
  const run = store.synchronize({ delivery, holdMs: 600_000 }).on('progress', ({ index }) => {
    inOrder &&= index > lastIndex;
    lastIndex = index;
    delivered += 1;
  });
  const [native] = runs;
  const bytes = [];
  const look = () => {
    bytes.push(native.bytesInUse);
    if (run.state !== 'ended') setImmediate(look);
  };
  look();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, blockMs);
  look();
  const bytesAfterBlock = bytes.at(-1);
  const result = await run;
  await session.close();
  return { updates: result.updates, delivered, inOrder, lastIndex, bytesAfterBlock, bytesMax: Math.max(...bytes) };
}
