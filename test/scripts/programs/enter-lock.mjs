/**
 * Enters a lock many times and makes a file inside, which fails if somebody else is inside: `enter-lock.mjs LOCK FILE
 * TIMES [KILLED_AT]`. KILLED_AT: the time at which it is killed inside, without the file.
 */
import { closeSync, openSync, rmSync } from 'node:fs';
import { exclusively } from '../../../scripts/exclusive.mjs';

const [lock, file, times, killedAt] = process.argv.slice(2);
for (let time = 0; time < Number(times); time += 1) {
  await exclusively(lock, async () => {
    if (String(time) === killedAt) process.kill(process.pid, 'SIGKILL');
    closeSync(openSync(file, 'wx'));
    // Whoever else were inside in this process would come now.
    await null;
    rmSync(file);
  });
}
