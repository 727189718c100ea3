import type { StoreInfo, SyncRun } from '../index.js';
import { errorObject } from './error-report.js';
import type { JsonLines } from './json-lines.js';
import type { SyncReporter } from './sync-reporter.js';

/**
 * A line an event, with the store's display name and entry id. Besides the events of runs: `skipped` for a store
 * that is left out, `error` for one that cannot be opened.
 */
export class JsonReporter implements SyncReporter {
  readonly #lines: JsonLines;

  constructor(lines: JsonLines) {
    this.#lines = lines;
  }

  begin(): void {}

  async watch(store: StoreInfo, run: SyncRun): Promise<void> {
    try {
      // An iterator, not listeners: while the reader of our lines is slow, progress is coalesced and memory bounded.
      for await (const event of run) await this.#lines.write({ ...event, ...labelsOf(store) });
    } catch {
      // It throws what the run rejects with, after the `end` event that said so.
    }
  }

  async skipped(store: StoreInfo): Promise<void> {
    const reason = 'The store has no IMAPISync.';
    await this.#lines.write({ type: 'skipped', message: reason, at: Date.now(), ...labelsOf(store) });
  }

  async notOpened(store: StoreInfo, error: unknown): Promise<void> {
    await this.#lines.write({ ...errorObject(error), at: Date.now(), ...labelsOf(store) });
  }

  stopping(): void {}

  end(): void {}
}

function labelsOf(store: StoreInfo): { store: string; storeId: string } {
  return { store: store.displayName, storeId: store.entryId };
}
