/** Iterators that leave early, and a thousand of them at once, half of which never read. */
import { mark, moment, open, scenario } from './setting.mjs';

const { session, store } = await open(
  scenario()
    .repeat(2000, (step) => step.progress('Inbox', '#', 2000))
    .done(0),
);
const early = store.synchronize({ delivery: 'every' });
let left = 0;
for await (const event of early) {
  left += 1;
  if (event.type === 'progress' && event.index > moment * 1000) break;
}
await early;

const many = store.synchronize({ delivery: 'every' });
const counts = await Promise.all(
  Array.from({ length: 1000 }, async (_unused, at) => {
    let count = 0;
    for await (const event of many) {
      count += 1;
      if (at % 2 === 0 && event.type === 'progress' && event.index > moment * 10) return 0;
    }
    return count;
  }),
);
await many;
await session.close();
const whole = counts.filter((count) => count === 2002).length;
mark(`${left > 0} ${whole} ${early.result.outcome} ${many.result.updates}`);
