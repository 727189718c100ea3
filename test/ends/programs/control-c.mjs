/** Ctrl-C while a provider calls: handled or not. `plain` as the last argument: without a sync, for comparison. */
import { probe } from '../../support/probe.ts';
import { args, delay, endless, mark, millisecondsOf, open, seen } from './setting.mjs';

const isPlain = args.includes('plain');
if (args.includes('handled')) {
  process.on('SIGINT', () => {
    mark('handled');
    process.exit(130);
  });
}
if (!isPlain) {
  const { store } = await open(endless());
  const run = store.synchronize({ delivery: 'every' });
  await seen(run, 'start');
  await delay(millisecondsOf(60));
} else {
  setInterval(() => {}, 1000);
}
mark('pressing');
if (!probe.pressControlC()) {
  mark('no console');
  process.exit(0);
}
