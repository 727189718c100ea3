/** A small addon: a thread-safe function called for each event, or, without a listener, a callback that does nothing. */
import { sampleMapi } from 'mapisync/testing';
import { client } from '../native-client.mjs';

/** @param {string} profile @param {{ listens: boolean }} how */
export async function open(profile, { listens }) {
  const store = new client.Store(sampleMapi.path, profile);
  return {
    run: async (onProgress) => {
      await store.synchronize(listens ? onProgress : undefined);
    },
    close: async () => store.close(),
  };
}
