/** session.close() during a sync: twice, from a listener, by a reader that takes no more, or just so. The process then ends by itself. */
import { delay, endless, mark, millisecondsOf, moment, open, seen } from './setting.mjs';

const { session, store } = await open(endless());
const run = store.synchronize({ delivery: 'every' });
if (moment < 0.34) {
  run.once('progress', () => session.close());
  await seen(run, 'end');
} else if (moment < 0.67) {
  const reads = async () => {
    for await (const event of run) if (event.type === 'progress') await session.close();
  };
  await reads().catch(() => {});
} else {
  await seen(run, 'start');
  await delay(millisecondsOf(40));
}
await Promise.all([session.close(), session.close()]);
mark(`${run.result.outcome} ${run.state}`);
