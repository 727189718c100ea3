/** The client's part in a behaviour, from the call of synchronize to the end of the run. */
import type { Store, SyncRun } from 'mapisync';
import type { Behaviour } from './random-behaviour.js';

/** Resolves when the run has ended, whatever it came to. The store may be closed by then. */
export async function playPart(store: Store, { part, options }: Behaviour): Promise<SyncRun[]> {
  const controller = new AbortController();
  if (part === 'aborted before') controller.abort();
  const run = store.synchronize({ ...options, signal: controller.signal });
  const settled = run.then(
    () => {},
    () => {},
  );
  switch (part) {
    case 'iterates':
      await readAll(run);
      break;
    case 'leaves its iterator early':
      for await (const event of run) {
        if (event.type !== 'start') break;
      }
      break;
    case 'cancels at once':
      run.cancel();
      break;
    case 'cancels soon':
      await new Promise((resolve) => setTimeout(resolve, 2));
      run.cancel();
      break;
    case 'cancels on progress':
      run.once('progress', () => run.cancel());
      break;
    case 'aborts on progress':
      run.once('progress', () => controller.abort());
      break;
    case 'closes the store':
      await new Promise((resolve) => setTimeout(resolve, 2));
      await store.close();
      break;
    case 'reads nothing': {
      const events = run[Symbol.asyncIterator]();
      await events.next();
      await settled;
      await events.return?.();
      break;
    }
    default:
      break;
  }
  await settled;
  // An array: a run that an async function returns would be awaited.
  return [run];
}

async function readAll(run: SyncRun): Promise<void> {
  try {
    for await (const _event of run);
  } catch {
    // The promise rejects with it as well.
  }
}
