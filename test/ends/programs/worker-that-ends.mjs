/** A worker that ends while its provider calls: by process.exit, for want of work, by an exception. */
import { args, delay, endless, millisecondsOf, open, seen } from './setting.mjs';

const [way] = args;
const { store } = await open(endless());
const run = store.synchronize({ delivery: 'every' });
await seen(run, 'start');
await delay(millisecondsOf(40));
if (way === 'exit') process.exit(9);
if (way === 'unref') run.unref();
if (way === 'throw') {
  setImmediate(() => {
    throw new Error('thrown in the worker');
  });
}
