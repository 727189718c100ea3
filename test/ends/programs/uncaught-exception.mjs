/** An exception that nobody catches, while a provider calls. */
import { delay, endless, mark, millisecondsOf, open, seen } from './setting.mjs';

const { store } = await open(endless());
const run = store.synchronize({ delivery: 'every' });
await seen(run, 'start');
await delay(millisecondsOf(60));
mark(run.state);
setImmediate(() => {
  throw new Error('nobody catches this');
});
