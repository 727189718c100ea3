/** A run keeps the process alive, though nobody awaits it, and prints when it ends. */
import { mark, millisecondsOf, open, scenario } from './setting.mjs';

const { store } = await open(
  scenario()
    .progress('Inbox', 1, 2)
    .sleep(200 + millisecondsOf(300))
    .done(0),
);
store.synchronize().on('end', ({ outcome }) => mark(outcome));
