/** process.exit() in a listener, in the middle of a batch of events. */
import { endless, mark, moment, open } from './setting.mjs';

const { store } = await open(endless());
const run = store.synchronize({ delivery: 'every' });
const last = 1 + Math.round(moment * 20_000);
let calls = 0;
run.on('progress', () => {
  calls += 1;
  if (calls < last) return;
  mark(run.state);
  process.exit(42);
});
