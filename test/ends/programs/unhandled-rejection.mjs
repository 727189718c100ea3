/** A run fails and nobody cares: what plain Node does with any promise. */
import { mark, millisecondsOf, open, scenario } from './setting.mjs';

const { store } = await open(scenario().progress('Inbox', 1, 2).sleep(millisecondsOf(50)).done(0x80040115));
mark('unhandled');
store.synchronize();
