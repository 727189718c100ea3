/** A run over a simulated native one. */
import { CallSite } from '../../src/errors.js';
import { type RunContext, SyncRunPromise } from '../../src/run/sync-run.js';
import { ScriptedNativeRun } from './scripted-native-run.js';

export function startRun(options: Partial<RunContext> = {}): { run: SyncRunPromise; native: ScriptedNativeRun } {
  let native: ScriptedNativeRun | undefined;
  const run = new SyncRunPromise(
    (onReady) => {
      native = new ScriptedNativeRun(onReady);
      return native;
    },
    {
      engine: 'imapisync',
      every: false,
      signal: undefined,
      site: new CallSite(startRun),
      graceMs: 5000,
      onEnded: () => {},
      ...options,
    },
  );
  return { run, native: native as unknown as ScriptedNativeRun };
}

/** Lets everything that is due happen. */
export async function turnsOfTheLoop(count = 4): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
