import type { StoreInfo, SyncRun } from '../library.js';
import type { Output } from '../terminal/output.js';
import { errorJson } from './error-report.js';
import { writeJsonLine } from './json-lines.js';
import type { StoreReport, SyncReporter } from './sync-reporter.js';

/** One line for each event, with the store's display name and entry id. */
export class JsonReporter implements SyncReporter {
  readonly #output: Output;

  constructor(output: Output) {
    this.#output = output;
  }

  begin(): void {}

  async watch(store: StoreInfo, run: SyncRun): Promise<void> {
    try {
      // An iterator, not listeners: while the reader of our lines is slow, progress is coalesced and memory bounded.
      for await (const event of run) await this.#write({ ...event, ...labelsOf(store) });
    } catch {
      // It throws what the run rejects with, after the `end` event that said so.
    }
  }

  async skipped(store: StoreInfo): Promise<void> {
    const code = 'MAPI_E_INTERFACE_NOT_SUPPORTED';
    await this.#write({ type: 'skipped', code, at: Date.now(), ...labelsOf(store) });
  }

  async notOpened(store: StoreInfo, error: unknown): Promise<void> {
    await this.#write({ type: 'failed', error: errorJson(error), at: Date.now(), ...labelsOf(store) });
  }

  stopping(): void {}

  end(): void {}

  async finished(reports: readonly StoreReport[], durationMs: number): Promise<void> {
    await this.#write({ type: 'finished', outcome: outcomeOf(reports), durationMs, at: Date.now() });
  }

  async #write(object: object): Promise<void> {
    await writeJsonLine(this.#output, object);
  }
}

function outcomeOf(reports: readonly StoreReport[]): 'succeeded' | 'partial' | 'failed' {
  if (!reports.some(({ outcome }) => outcome === 'succeeded')) return 'failed';
  return reports.every(({ outcome }) => outcome === 'succeeded' || outcome === 'skipped') ? 'succeeded' : 'partial';
}

function labelsOf(store: StoreInfo): { store: string; storeId: string } {
  return { store: store.displayName, storeId: store.entryId };
}
