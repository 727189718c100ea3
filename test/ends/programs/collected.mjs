/** Everything is garbage without a close(): sessions, stores, runs that have ended, and one that has not. */
import { probe } from '../../support/probe.ts';
import { delay, mark, millisecondsOf, open, scenario, seen } from './setting.mjs';

const quick = scenario().progress('Inbox', 1, 1).done(0);
// In a function of its own, so that nothing of it stays on the stack.
async function useAndForget() {
  for (let i = 0; i < 5; i += 1) {
    const { store } = await open(quick);
    await store.synchronize();
  }
  const { store } = await open(scenario().progress('Inbox', 1, 2).sleep(millisecondsOf(200)).done(0));
  await seen(store.synchronize(), 'start');
}
await useAndForget();
const isAllGone = () => {
  const { sessions, stores, references, callbackReferences } = probe.counters();
  return sessions + stores + references + callbackReferences === 0;
};
for (let i = 0; i < 500 && !isAllGone(); i += 1) {
  globalThis.gc();
  await delay(10);
}
mark(isAllGone() ? 'all gone' : JSON.stringify(probe.counters()));
