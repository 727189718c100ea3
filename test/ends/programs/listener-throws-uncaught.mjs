/** A listener throws, and there is no handler for it: the process ends, as with any emitter. */
import { endless, mark, moment, open } from './setting.mjs';

const { store } = await open(endless());
const run = store.synchronize({ delivery: 'every' });
const last = 1 + Math.round(moment * 20_000);
let calls = 0;
run.on('progress', () => {
  calls += 1;
  if (calls !== last) return;
  mark(run.state);
  throw new Error('nobody catches this');
});
