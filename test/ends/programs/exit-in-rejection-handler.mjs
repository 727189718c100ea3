/** process.exit() in the handler of a run's rejection: of the promise, or of the process. */
import { mark, millisecondsOf, moment, open, scenario } from './setting.mjs';

const { store } = await open(scenario().progress('Inbox', 1, 2).sleep(millisecondsOf(50)).done(0x80040115));
const exit = (error) => {
  mark(error.code);
  process.exit(43);
};
const run = store.synchronize();
if (moment < 0.5) run.catch(exit);
else process.on('unhandledRejection', exit);
