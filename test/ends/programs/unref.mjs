/** A run that is unref'd does not keep the process alive: it ends while the provider is at work. */
import { delay, endless, mark, millisecondsOf, open, seen } from './setting.mjs';

const { store } = await open(endless());
const run = store.synchronize({ delivery: 'every' });
run.on('end', () => mark('ended'));
await seen(run, 'start');
await delay(millisecondsOf(40));
run.unref();
mark(run.state);
