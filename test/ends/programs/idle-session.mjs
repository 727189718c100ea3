/** A session without a run does not keep the process alive, whether or not there was one. */
import { mark, moment, open, scenario } from './setting.mjs';

const { store } = await open(scenario().progress('Inbox', 1, 2).done(0));
if (moment < 0.5) await store.synchronize();
mark('idle');
