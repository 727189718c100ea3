/** This project, as a user has it. */
import { logon } from 'mapisync';
import { sampleMapi } from 'mapisync/testing';

/** @typedef {{ delivery: 'latest' | 'every', reader: 'listener' | 'for await' | 'none' }} How */

/** Synchronises a store; resolves when the run has ended and what there was has been read. */
export async function synchronize(store, { delivery, reader }, onProgress) {
  const run = store.synchronize({ delivery });
  if (reader === 'listener') run.on('progress', onProgress);
  if (reader === 'for await') {
    for await (const event of run) if (event.type === 'progress') onProgress(event);
  }
  return await run;
}

/** @param {string} profile @param {How} how */
export async function open(profile, how) {
  const session = await logon({ mapi: sampleMapi, profile });
  const store = await session.openStore();
  return {
    run: async (onProgress) => {
      await synchronize(store, how, onProgress);
    },
    close: () => session.close(),
  };
}
