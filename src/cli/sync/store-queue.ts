import type { Session, Store, StoreInfo, SyncOptions } from '../library.js';
import type { StoreReport, SyncReporter } from '../report/sync-reporter.js';
import type { LogonLimit } from './logon-limit.js';

export interface SyncPlan {
  readonly stores: readonly StoreInfo[];
  /** For every store. */
  readonly options: Omit<SyncOptions, 'signal'>;
  /** Whether stores that cannot synchronize are left out, instead of failing. */
  readonly skipIncapable: boolean;
  /** How many stores at once, at most. */
  readonly concurrency: number;
  readonly limit: LogonLimit;
  /** Cancels what runs, and begins nothing more. */
  readonly signal: AbortSignal;
}

/** Calls `work` for each item, for at most `concurrency` items at once. The results have the order of the items. */
export async function forEachAtOnce<Item, Result>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as Item);
  };
  // Not Promise.all: should one of them fail, the others still draw and still hold their stores.
  const ended = await Promise.allSettled(Array.from({ length: Math.min(concurrency, items.length) }, worker));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  return results;
}

/** Synchronizes stores, some at once, and resolves with how it went, in the order of `plan.stores`. */
export async function syncStores(session: Session, plan: SyncPlan, reporter: SyncReporter): Promise<StoreReport[]> {
  reporter.begin(plan.stores);
  try {
    return await forEachAtOnce(plan.stores, plan.concurrency, (store) => syncStore(session, store, plan, reporter));
  } finally {
    reporter.end();
  }
}

async function syncStore(
  session: Session,
  store: StoreInfo,
  { options, skipIncapable, limit, signal }: SyncPlan,
  reporter: SyncReporter,
): Promise<StoreReport> {
  const cancelled: StoreReport = { store, outcome: 'cancelled', result: null, error: null };
  if (signal.aborted) return cancelled;
  let opened: Store;
  try {
    opened = await limit.each('IMAPISession::OpenMsgStore', (stageSignal) =>
      session.openStore({ entryId: store.entryId }, { signal: stageSignal }),
    );
  } catch (error) {
    if (signal.aborted) return cancelled;
    await reporter.notOpened(store, error);
    return { store, outcome: 'failed', result: null, error };
  }
  let providerEnded = true;
  try {
    if (skipIncapable && !opened.canSynchronize) {
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
    providerEnded = !signal.aborted && run.result?.outcome !== 'timed-out';
    return { store, outcome: run.result?.outcome ?? 'failed', result: run.result, error };
  } finally {
    const closed = opened.close();
    // Where the end was ours, the session's own close waits for all providers at once; waiting here too would add up.
    if (providerEnded) await closed;
  }
}
