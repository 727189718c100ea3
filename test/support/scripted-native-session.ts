/** SIMULATED: a native session and its stores without anything native, for tests of what stands above them. */
import type {
  NativeFailure,
  NativeRequest,
  NativeSession,
  NativeStore,
  NativeStoreRow,
  NativeSyncOptions,
} from '../../src/native/binding.js';
import { ScriptedNativeRun } from './scripted-native-run.js';

export function row(displayName: string, entryId: string, more: Partial<NativeStoreRow> = {}): NativeStoreRow {
  return { entryId, displayName, isDefault: false, providerUid: 'AB'.repeat(16), providerName: null, ...more };
}

export function nativeFailure(operation: string, hresult: number, symbol: string | null = null): NativeFailure {
  return Object.assign(new Error(operation), { operation, hresult, detail: null, symbol });
}

export class ScriptedNativeStore implements NativeStore {
  readonly row: NativeStoreRow;
  readonly canSynchronize: boolean;
  readonly runs: ScriptedNativeRun[] = [];
  readonly closes: number[] = [];

  constructor(itsRow: NativeStoreRow, canSynchronize = true) {
    this.row = itsRow;
    this.canSynchronize = canSynchronize;
  }

  synchronize(options: NativeSyncOptions, onReady: () => void): ScriptedNativeRun {
    const run = new ScriptedNativeRun(onReady, options);
    this.runs.push(run);
    return run;
  }

  async close(graceMs: number): Promise<boolean> {
    this.closes.push(graceMs);
    return true;
  }
}

export class ScriptedNativeSession implements NativeSession {
  readonly profile = 'Somebody';
  readonly mapi = { path: 'C:\\mapi.dll', version: '1.0', bits: 64, foundBy: 'the caller’s path' } as const;
  readonly rows: NativeStoreRow[];
  readonly openStores: ScriptedNativeStore[] = [];
  /** Requests that were given up. */
  abandonedRequests = 0;
  readonly closes: number[] = [];
  abandonedRuns = 0;
  /** Set: requests are answered when it is called. */
  answer: (() => void) | undefined;
  waitForAnswer = false;
  failure: unknown;
  canSynchronize = true;

  constructor(rows: NativeStoreRow[]) {
    this.rows = rows;
  }

  stores(): NativeRequest<NativeStoreRow[]> {
    return this.#request(() => this.rows);
  }

  openStore(entryId: Uint8Array): NativeRequest<NativeStore> {
    const hex = Buffer.from(entryId).toString('hex').toUpperCase();
    return this.#request(() => {
      const store = new ScriptedNativeStore(
        this.rows.find((each) => each.entryId === hex) ?? row('unlisted', hex),
        this.canSynchronize,
      );
      this.openStores.push(store);
      return store;
    });
  }

  async close(graceMs: number): Promise<{ readonly abandoned: number }> {
    this.closes.push(graceMs);
    return { abandoned: this.abandonedRuns };
  }

  #request<T>(make: () => T): NativeRequest<T> {
    let abandoned = false;
    return {
      promise: new Promise<T>((resolve, reject) => {
        this.answer = () => {
          if (abandoned) return;
          if (this.failure === undefined) resolve(make());
          else reject(this.failure);
        };
        if (!this.waitForAnswer) setImmediate(this.answer);
      }),
      abandon: () => {
        abandoned = true;
        this.abandonedRequests += 1;
      },
    };
  }
}
