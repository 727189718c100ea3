/** The provider never returns from the call; the process ends all the same. */
import { delay, mark, millisecondsOf, moment, open, scenario, seen } from './setting.mjs';

const { session, store } = await open(scenario().progress('Inbox', 1, 2).block().returns(0), { closeGraceMs: 200 });
const run = store.synchronize();
await seen(run, 'progress');
await delay(millisecondsOf(40));
if (moment < 0.5) await session.close();
else run.unref();
mark(run.state);
