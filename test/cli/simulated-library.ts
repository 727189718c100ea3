/** A library for the command's tests: stores whose runs tell what a test wrote down, without MAPI. */

import type { Library } from '../../src/cli/library.js';
import {
  MapiError,
  type Session,
  type Store,
  type StoreInfo,
  type SyncEvent,
  type SyncOptions,
  type SyncResult,
  type SyncRun,
} from '../../src/index.js';

export interface SimulatedStore {
  readonly name: string;
  readonly isDefault?: boolean;
  readonly canSynchronize?: boolean;
  readonly openError?: Error;
  /** What the run tells between its start and its end. */
  readonly events?: readonly Told[];
  /** 0 by default. */
  readonly hresult?: number;
  /** The run ends only when its signal says so. */
  readonly endless?: boolean;
}

export type Told =
  | { readonly type: 'progress'; readonly message: string | null; readonly index: number; readonly max: number }
  | { readonly type: 'problem'; readonly hresult: number; readonly code: string; readonly message: string | null };

/** What `describeError` takes for an error of MAPI. */
export class SimulatedMapiError extends Error {
  readonly code: string;
  readonly hresult: number;
  readonly operation: string;
  readonly detail: string | null = null;
  readonly hint: string | null;

  constructor(operation: string, code: string, hresult: number, hint: string | null = null) {
    super(`${operation}: ${code}`);
    this.name = 'MapiError';
    this.operation = operation;
    this.code = code;
    this.hresult = hresult;
    this.hint = hint;
  }

  toJSON(): object {
    const { name, message, code, hresult, operation, detail, hint } = this;
    return { name, message, code, hresult, operation, detail, hint };
  }
}

export interface Simulation {
  readonly library: Library;
  /** What the library was asked for, in order. */
  readonly calls: string[];
  /** Options of the runs, by store. */
  readonly options: Map<string, SyncOptions>;
  /** The largest number of runs that ran at once. */
  readonly mostAtOnce: () => number;
}

export function simulate(
  stores: readonly SimulatedStore[],
  { logonError }: { readonly logonError?: Error } = {},
): Simulation {
  const calls: string[] = [];
  const options = new Map<string, SyncOptions>();
  let running = 0;
  let most = 0;
  const infos = stores.map(
    (store, at): StoreInfo => ({
      entryId: at.toString(16).toUpperCase().padStart(4, '0'),
      displayName: store.name,
      isDefault: store.isDefault ?? at === 0,
      providerUid: '00112233445566778899AABBCCDDEEFF',
      providerName: 'Simulated',
    }),
  );

  const openStore: Session['openStore'] = async (selector) => {
    calls.push(`open ${JSON.stringify(selector)}`);
    const found = infos.filter((info) =>
      selector === undefined
        ? info.isDefault
        : 'entryId' in selector
          ? info.entryId === selector.entryId
          : info.displayName === selector.displayName,
    );
    const [info] = found;
    if (!info)
      throw new SimulatedMapiError('IMAPISession::OpenMsgStore', 'MAPI_E_NOT_FOUND', 0x8004010f, 'Look again.');
    if (found.length > 1) throw new SimulatedMapiError('openStore', 'MAPI_E_AMBIGUOUS_RECIP', 0x80040700);
    const store = stores[infos.indexOf(info)] as SimulatedStore;
    if (store.openError) throw store.openError;
    const opened: Store = {
      info,
      canSynchronize: store.canSynchronize ?? true,
      synchronize: (given = {}) => {
        options.set(store.name, given);
        running++;
        most = Math.max(most, running);
        return simulateRun(store, given, () => running--);
      },
      close: async () => {
        calls.push(`close ${store.name}`);
      },
      [Symbol.asyncDispose]: async () => {},
    };
    return opened;
  };

  const session: Session = {
    profile: 'Simulated',
    mapi: { path: 'C:\\simulated.dll', version: '1.0', bits: 64, foundBy: 'the test' },
    stores: async () => infos,
    openStore,
    close: async () => {
      calls.push('close session');
    },
    [Symbol.asyncDispose]: async () => {},
  };

  const library: Library = {
    isSupported: () => true,
    MapiError,
    logon: async (given = {}) => {
      const { signal: _, ...rest } = given;
      calls.push(`logon ${JSON.stringify(rest)}`);
      if (logonError) throw logonError;
      return session;
    },
    profiles: async () => [
      { name: 'Outlook', isDefault: true },
      { name: 'Old\x1b[31m', isDefault: false },
    ],
  };
  return { library, calls, options, mostAtOnce: () => most };
}

function simulateRun(store: SimulatedStore, { signal }: SyncOptions, ended: () => void): SyncRun {
  const events: SyncEvent[] = [];
  const listeners: ((event: SyncEvent) => void)[] = [];
  let wake = (): void => {};
  const tell = (event: SyncEvent): void => {
    events.push(event);
    for (const listener of listeners) listener(event);
    wake();
  };
  let result: SyncResult | null = null;

  const end = (outcome: SyncResult['outcome'], code: string, hresult: number): void => {
    const problems = events.filter((event) => event.type === 'problem');
    const progress = events.filter((event) => event.type === 'progress');
    result = {
      outcome,
      engine: 'imapisync',
      hresult,
      code,
      problems,
      problemCount: problems.length,
      updates: progress.length,
      lastProgress: progress.at(-1) ?? null,
      durationMs: 1234,
    };
    ended();
    tell({ type: 'end', outcome, hresult, code, message: null, durationMs: 1234, at: 2 });
  };

  const live = async (): Promise<SyncResult> => {
    await new Promise((resolve) => setImmediate(resolve));
    tell({ type: 'start', flags: 3, engine: 'imapisync', at: 1 });
    for (const told of store.events ?? []) {
      await new Promise((resolve) => setImmediate(resolve));
      if (told.type === 'problem')
        tell({ ...told, severity: told.hresult >= 0x8000_0000 ? 'error' : 'warning', at: 1 });
      else tell({ ...told, fraction: told.max === 0 ? null : Math.min(1, told.index / told.max), at: 1 });
    }
    if (store.endless) {
      await new Promise<void>((resolve) => {
        if (signal?.aborted) resolve();
        else signal?.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    if (signal?.aborted) {
      end('cancelled', 'SYNC_CANCELLED', 0x80040113);
      throw signal.reason;
    }
    const hresult = store.hresult ?? 0;
    if (hresult >= 0x8000_0000) {
      const code = 'MAPI_E_NETWORK_ERROR';
      end('failed', code, hresult);
      throw new SimulatedMapiError('IMAPISyncProgressCallback::Done', code, hresult, 'Look at the network.');
    }
    end('succeeded', hresult === 0 ? 'S_OK' : 'MAPI_W_PARTIAL_COMPLETION', hresult);
    return result as unknown as SyncResult;
  };

  const run = live();
  run.catch(() => {});
  const own = {
    on(type: SyncEvent['type'], listener: (event: never) => void) {
      listeners.push((event) => {
        if (event.type === type) (listener as (event: SyncEvent) => void)(event);
      });
      return run;
    },
    async *[Symbol.asyncIterator]() {
      for (let at = 0; ; at++) {
        while (at === events.length) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        const event = events[at] as SyncEvent;
        yield event;
        if (event.type === 'end') {
          await run;
          return;
        }
      }
    },
  };
  Object.defineProperty(run, 'result', { get: () => result });
  return Object.assign(run, own) as unknown as SyncRun;
}
