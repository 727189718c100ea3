/** What nothing in this process can catch: an access violation, or a C++ exception, in the call or in the provider's thread. */
import { args, mark, open, scenario } from './setting.mjs';

const [what, where] = args;
const play = scenario().progress('Inbox', 1, 2);
if (what === 'crash') play.crash();
if (what === 'throw') play.throws();
if (where === 'call') play.returns(0);
else play.done(0);
const { store } = await open(play);
mark('before');
await store.synchronize().catch(() => {});
mark('after');
