import type { Session, StoreInfo, SyncOptions } from '../index.js';
import type { StoreReport, SyncReporter } from './sync-reporter.js';

export interface SyncPlan {
  readonly stores: readonly StoreInfo[];
  /** For every store. */
  readonly options: Omit<SyncOptions, 'signal'>;
  /** Leave out stores that cannot synchronise, instead of letting them fail? */
  readonly skipIncapable: boolean;
  /** How many stores at once, at most. */
  readonly concurrency: number;
  /** Cancels what runs, and begins nothing more. */
  readonly signal: AbortSignal;
}

/** Synchronises stores, some at once, and answers how it went, in the order of `plan.stores`. */
export async function syncStores(session: Session, plan: SyncPlan, reporter: SyncReporter): Promise<StoreReport[]> {
  const reports: StoreReport[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < plan.stores.length; at = next++) {
      reports[at] = await syncStore(session, plan.stores[at] as StoreInfo, plan, reporter);
    }
  };
  reporter.begin(plan.stores);
  try {
    const workers = Array.from({ length: Math.min(plan.concurrency, plan.stores.length) }, worker);
    // Not Promise.all: should one of them fail, the others still draw and still hold their stores.
    const ended = await Promise.allSettled(workers);
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
  } finally {
    reporter.end();
  }
  return reports;
}

async function syncStore(
  session: Session,
  store: StoreInfo,
  { options, skipIncapable, signal }: SyncPlan,
  reporter: SyncReporter,
): Promise<StoreReport> {
  const cancelled: StoreReport = { store, outcome: 'cancelled', result: null, error: null };
  if (signal.aborted) return cancelled;
  let opened: Awaited<ReturnType<Session['openStore']>>;
  try {
    opened = await session.openStore({ entryId: store.entryId }, { signal });
  } catch (error) {
    if (signal.aborted) return cancelled;
    await reporter.notOpened(store, error);
    return { store, outcome: 'failed', result: null, error };
  }
  try {
    const needsIMAPISync = (options.engine ?? 'imapisync') === 'imapisync';
    if (skipIncapable && needsIMAPISync && !opened.canSynchronize) {
      await reporter.skipped(store);
      return { store, outcome: 'skipped', result: null, error: null };
    }
    const run = opened.synchronize({ ...options, signal });
    const shown = reporter.watch(store, run);
    const error: unknown = await run.then(
      () => null,
      (reason: unknown) => reason,
    );
    await shown;
    return { store, outcome: run.result?.outcome ?? 'failed', result: run.result, error };
  } finally {
    await opened.close();
  }
}
