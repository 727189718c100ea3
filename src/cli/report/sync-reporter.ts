import type { Outcome, StoreInfo, SyncResult, SyncRun } from '../library.js';

/** How it went with one store. */
export interface StoreReport {
  readonly store: StoreInfo;
  readonly outcome: Outcome | 'skipped';
  /** null where no run was begun. */
  readonly result: SyncResult | null;
  /** What the run, or opening the store, was rejected with; null where nothing was. */
  readonly error: unknown;
}

/** Shows syncs while they run: in live lines, in plain lines, or as JSON. */
export interface SyncReporter {
  /** Before the first run. */
  begin(stores: readonly StoreInfo[]): void;
  /** A run has begun. Resolves when all of it has been shown; never rejects. */
  watch(store: StoreInfo, run: SyncRun): Promise<void>;
  /** A store is left out, because it cannot synchronise. */
  skipped(store: StoreInfo): Promise<void>;
  /** A store could not be opened. */
  notOpened(store: StoreInfo, error: unknown): Promise<void>;
  /** The user has asked for an end; providers may take a while. */
  stopping(): void;
  /** After the last run, or before the process is left: nothing is drawn any more. May be called twice. */
  end(): void;
  /** After `end`, when all stores are through: sums up. */
  finished(reports: readonly StoreReport[], durationMs: number): Promise<void>;
}
