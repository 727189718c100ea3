/** process.exit() while a provider calls. */
import { delay, endless, mark, millisecondsOf, open, seen } from './setting.mjs';

const { store } = await open(endless());
const run = store.synchronize({ delivery: 'every' });
await seen(run, 'start');
await delay(millisecondsOf(60));
mark(run.state);
process.exit(41);
