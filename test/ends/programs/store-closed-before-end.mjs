/** A store is closed while its run goes on, and opened again. */
import { delay, endless, mark, millisecondsOf, open, seen } from './setting.mjs';

const { session, store } = await open(endless());
const run = store.synchronize({ delivery: 'every' });
await seen(run, 'start');
await delay(millisecondsOf(40));
await store.close();
const again = (await session.openStore()).synchronize();
await seen(again, 'progress');
again.cancel();
await session.close();
mark(`${run.result.outcome} ${again.result.outcome}`);
