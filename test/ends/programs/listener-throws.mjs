/** Listeners that throw: reported as uncaught, each time, and the run goes on. */
import { mark, moment, open, scenario } from './setting.mjs';

const { session, store } = await open(
  scenario()
    .repeat(100, (step) => step.progress('Inbox', '#', 100))
    .error(0x80040115, 'gone')
    .done(0),
);
const thrown = [];
process.on('uncaughtException', (error) => thrown.push(error.message));
const run = store.synchronize({ delivery: 'every' });
let calls = 0;
run.on('start', () => {
  throw new Error('start');
});
run.on('progress', ({ index }) => {
  calls += 1;
  if (index === 1 + Math.round(moment * 99)) throw new Error('progress');
});
run.on('problem', () => {
  throw new Error('problem');
});
run.on('end', () => {
  throw new Error('end');
});
const { outcome } = await run;
await session.close();
mark(`${outcome} ${calls} ${thrown.join(' ')}`);
