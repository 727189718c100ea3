/** JavaScript is busy with something else for ten seconds, while a provider calls all the time. */
import { endless, mark, moment, open, seen } from './setting.mjs';

const { session, store } = await open(endless());
const run = store.synchronize({ delivery: moment < 0.5 ? 'latest' : 'every', stallMs: 3000, holdMs: 60_000 });
run.on('progress', () => {});
await seen(run, 'progress');
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000);
const { state } = run;
await seen(run, 'progress');
run.cancel();
await session.close();
mark(`${state} ${run.result.outcome}`);
