/**
 * Workers that are terminated with events held, in flight and queued. This thread never loads the addon.
 * `node worker-terminated.mjs MOMENT [COUNT] [MS] [AT_ONCE]`: so many workers, each for MS at most, one or several at once.
 */
import { rmSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { args, delay, mark, moment } from './setting.mjs';

const [count, most, atOnce] = ['3', '100', '1'].map((usual, at) => Number(args[at] ?? usual));
const readers = ['held', 'flood', 'idle'];
let next = 0;
let phase = moment;

async function terminateNext() {
  while (next < count) {
    const number = next++;
    const worker = new Worker(new URL('./worker-with-sync.mjs', import.meta.url), {
      argv: [moment, readers[number % readers.length]],
    });
    const profile = await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    // Spread over the whole time, whatever MOMENT is.
    phase = (phase + 0.618034) % 1;
    await delay(Math.round(phase * most));
    await worker.terminate();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    if (number % 100 === 99) console.log(`${number + 1} of ${count} workers`);
  }
}

await Promise.all(Array.from({ length: atOnce }, terminateNext));
mark('survived');
