/** Aborted before the start, in every state, and after the end. */
import { delay, endless, mark, millisecondsOf, open, scenario, seen } from './setting.mjs';

const { session, store } = await open([
  { name: 'Endless', scenario: endless() },
  { name: 'Quick', scenario: scenario().progress('Inbox', 1, 1).done(0) },
]);
const outcomes = [];
const outcomeOf = async (run) => {
  await run.catch(() => {});
  outcomes.push(run.result.outcome);
};

await outcomeOf(store.synchronize({ signal: AbortSignal.abort() }));

// At once: 'starting', before the provider is called, or just then.
const atOnce = new AbortController();
const starting = store.synchronize({ signal: atOnce.signal });
atOnce.abort();
await outcomeOf(starting);

// After some moments, wherever it is by then; and in a listener.
const soon = new AbortController();
const running = store.synchronize({ signal: soon.signal });
await delay(millisecondsOf(30));
soon.abort();
await outcomeOf(running);

const inListener = new AbortController();
const listening = store.synchronize({ signal: inListener.signal, delivery: 'every' });
listening.on('progress', () => inListener.abort());
await outcomeOf(listening);

// One that waits for another.
const first = store.synchronize();
const behind = new AbortController();
const waiting = store.synchronize({ signal: behind.signal });
await seen(first, 'progress');
behind.abort();
await outcomeOf(waiting);
first.cancel();
await outcomeOf(first);

const late = new AbortController();
const quick = (await session.openStore({ displayName: 'Quick' })).synchronize({ signal: late.signal });
await outcomeOf(quick);
late.abort();
await quick;
await session.close();
mark(outcomes.join(' '));
