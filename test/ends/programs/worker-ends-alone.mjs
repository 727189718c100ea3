/** A worker that alone has loaded the addon ends, in its own ways, while its provider still calls. */
import { Worker } from 'node:worker_threads';
import { mark, moment } from './setting.mjs';

const codes = [];
for (const way of ['exit', 'unref', 'throw']) {
  const worker = new Worker(new URL('./worker-that-ends.mjs', import.meta.url), { argv: [moment, way] });
  worker.on('error', (error) => codes.push(error.message));
  await new Promise((resolve) => worker.once('exit', (code) => resolve(codes.push(`${way}=${code}`))));
}
mark(codes.join(' '));
