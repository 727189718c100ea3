/** A store that misbehaves, a session with it, and what is left of both afterwards. */
import { logon, type Session, type Store, SyncError, type SyncEvent, type SyncOptions, type SyncRun } from 'mapisync';
import { type Scenario, sampleMapi, sampleProfile } from 'mapisync/testing';
import { expect, vi } from 'vitest';
import { probe, type SampleCounters } from '../support/probe.js';

export const S_OK = 0;
export const S_FALSE = 1;
export const E_FAIL = 0x80004005;
export const E_UNEXPECTED = 0x8000ffff;
export const MAPI_E_CALL_FAILED = E_FAIL;
export const MAPI_E_INTERFACE_NOT_SUPPORTED = 0x80004002;
export const MAPI_E_NETWORK_ERROR = 0x80040115;
export const MAPI_E_TIMEOUT = 0x80040401;
export const MAPI_E_USER_CANCEL = 0x80040113;
export const MAPI_W_ERRORS_RETURNED = 0x00040380;
export const MAPI_W_PARTIAL_COMPLETION = 0x00040680;

const nothing: SampleCounters = {
  sessions: 0,
  stores: 0,
  tables: 0,
  statusObjects: 0,
  profileAdmins: 0,
  references: 0,
  runs: 0,
  threads: 0,
  allocations: 0,
  initializations: 0,
  callbackReferences: 0,
};

/** What stays behind on purpose; nothing by default. */
export type Leak = Partial<SampleCounters>;

export interface HostileSetting {
  /** What is to be left behind afterwards, exactly. */
  readonly leak?: Leak;
  /** How long closing waits for the provider. */
  readonly closeGraceMs?: number;
  /** How session and tables misbehave: what `sampleProfile` takes. */
  readonly options?: readonly string[];
}

/** What a test body gets. */
export interface Hostile {
  readonly session: Session;
  readonly store: Store;
  synchronize(options?: SyncOptions): SyncRun;
}

// The first session leaves MAPI initialised for the life of the process.
let isWarm = false;
async function warmUp(): Promise<void> {
  if (isWarm) return;
  const profile = await sampleProfile({ stores: [{ name: 'First', syncless: true }] });
  const session = await logon({ mapi: sampleMapi, profile: profile.path });
  await session.close();
  await profile[Symbol.asyncDispose]();
  isWarm = true;
}

/**
 * Logs on to a profile whose one store plays the scenario, lets the body use it, closes the session, and holds what is left
 * in the sample's books against the leak that is expected: nothing, unless one is said.
 */
export async function withHostileStore(
  scenario: Scenario | string,
  body: (hostile: Hostile) => Promise<void>,
  { leak = {}, closeGraceMs = 5000, options = [] }: HostileSetting = {},
): Promise<void> {
  await warmUp();
  const before = probe.counters() ?? nothing;
  const warnings: string[] = [];
  const onWarning = (warning: Error): number => warnings.push(warning.message);
  process.on('warning', onWarning);
  const profile = await sampleProfile({ stores: [{ name: 'Hostile', scenario }], options });
  try {
    const session = await logon({ mapi: sampleMapi, profile: profile.path, closeGraceMs });
    try {
      const store = await session.openStore();
      await body({ session, store, synchronize: (given) => store.synchronize(given) });
    } finally {
      await session.close();
    }
    await expectLeft(before, leak);
    // Warnings are told in a turn of their own.
    await new Promise((resolve) => setImmediate(resolve));
    // A session that is left behind has a thread of ours, with MAPI initialised; the process is warned of it, once.
    expect(warnings.length).toBe((leak.initializations ?? 0) > 0 ? 1 : 0);
  } finally {
    process.off('warning', onWarning);
    await profile[Symbol.asyncDispose]();
  }
}

/** Threads that have answered may need some moments more until they have gone; what then stays is what is left. */
export async function expectLeft(before: SampleCounters, leak: Leak): Promise<void> {
  const expected = { ...before };
  for (const [name, count] of Object.entries(leak) as [keyof SampleCounters, number][]) {
    Object.assign(expected, { [name]: before[name] + count });
  }
  await vi.waitFor(() => expect(probe.counters()).toEqual(expected), { timeout: 20_000, interval: 20 });
}

export function countersNow(): SampleCounters {
  return probe.counters() ?? nothing;
}

/** Everything that the outside sees of a run's end. */
export interface SeenEnd {
  readonly outcome: string;
  readonly code: string;
  readonly hresult: number;
  /** Of the error that the promise rejected with; null where it resolved or rejected with a reason of the caller's. */
  readonly operation: string | null;
}

export async function endOf(run: SyncRun): Promise<SeenEnd> {
  const ends: SyncEvent[] = [];
  const starts: SyncEvent[] = [];
  run.on('start', (event) => starts.push(event));
  run.on('end', (event) => ends.push(event));
  const error: unknown = await run.then(
    () => null,
    (reason: unknown) => reason,
  );
  // Whatever the provider did, there is one beginning and one end.
  expect(starts.length).toBe(1);
  expect(ends.length).toBe(1);
  const result = run.result;
  if (result === null) throw new Error('a run has settled without a result');
  const { outcome, code, hresult } = result;
  expect(ends[0]).toMatchObject({ outcome, code, hresult });
  return { outcome, code, hresult, operation: error instanceof SyncError ? error.operation : null };
}

const CALL = 'IMAPISync::SynchronizeInBackground';
const DONE = 'IMAPISyncProgressCallback::Done';

const timedOut = (code: string): SeenEnd => ({
  outcome: 'timed-out',
  code,
  hresult: MAPI_E_TIMEOUT,
  operation: CALL,
});

export const ended = {
  succeeded: (code = 'S_OK', hresult = S_OK): SeenEnd => ({ outcome: 'succeeded', code, hresult, operation: null }),
  failedInDone: (code: string, hresult: number): SeenEnd => ({ outcome: 'failed', code, hresult, operation: DONE }),
  failedInCall: (code: string, hresult: number): SeenEnd => ({ outcome: 'failed', code, hresult, operation: CALL }),
  withoutResult: (): SeenEnd => ({ outcome: 'failed', code: 'SYNC_NO_RESULT', hresult: E_FAIL, operation: DONE }),
  cancelled: (): SeenEnd => ({
    outcome: 'cancelled',
    code: 'SYNC_CANCELLED',
    hresult: MAPI_E_USER_CANCEL,
    operation: null,
  }),
  timedOut: (): SeenEnd => timedOut('SYNC_TIMEOUT'),
  stalled: (): SeenEnd => timedOut('SYNC_STALLED'),
  readerStalled: (): SeenEnd => timedOut('SYNC_READER_STALLED'),
};

/** All events of a run, from the first to the end. The run's failure is not thrown. */
export async function eventsOf(run: SyncRun): Promise<SyncEvent[]> {
  const events: SyncEvent[] = [];
  try {
    for await (const event of run) events.push(event);
  } catch {
    // The end event says it as well.
  }
  return events;
}
