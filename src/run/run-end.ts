/** How runs end: the table of ends, and the event, the result and the error that each end becomes. */

import { codeOf, meaningOf, namedCode, succeeded } from '../codes.js';
import { abortError, type CallSite, SyncError, SyncTimeoutError } from '../errors.js';
import { EndReason, EventKind, type NativeRun, WORDS_PER_EVENT } from '../native/binding.js';
import type { EndEvent, Outcome, SyncResult } from './events.js';

/** Ends that the facade makes without calling anything native. Their numbers are none of EndReason's. */
export const FacadeEnd = {
  NO_INTERFACE: 0x101,
  NO_TRANSPORT: 0x102,
  CLOSED: 0x103,
} as const;

/** An end as it arrived. */
interface RunEnd {
  /** An EndReason or a FacadeEnd. */
  readonly reason: number;
  readonly hresult: number;
  /** The HRESULT that `Done` brought, where the failure of the call decided how the run ended; else 0. */
  readonly doneHresult: number;
  /** What GetLastError said, null where it said nothing; for NOT_CALLED, the operation that failed. */
  readonly detail: string | null;
  readonly at: number;
}

interface Row {
  readonly outcome: Outcome;
  readonly operation: string;
  /** Omitted: the name of the HRESULT. */
  readonly code?: string;
  /** Omitted: what came with the end. */
  readonly hresult?: number;
  readonly hint?: string;
}

const SYNCHRONIZE = 'IMAPISync::SynchronizeInBackground';
const DONE = 'IMAPISyncProgressCallback::Done';
const MAPI_E_CALL_FAILED = 0x80004005;
const MAPI_E_INTERFACE_NOT_SUPPORTED = 0x80004002;
const MAPI_E_NO_SUPPORT = 0x80040102;
const MAPI_E_INVALID_OBJECT = 0x80040108;
const MAPI_E_USER_CANCEL = 0x80040113;
const MAPI_E_TIMEOUT = 0x80040401;

const NO_RESULT: Row = { outcome: 'failed', operation: DONE, code: 'SYNC_NO_RESULT', hresult: MAPI_E_CALL_FAILED };

const ENDS: ReadonlyMap<number, Row> = new Map<number, Row>([
  [EndReason.DONE, { outcome: 'failed', operation: DONE }],
  [EndReason.NOT_CALLED, { outcome: 'failed', operation: SYNCHRONIZE }],
  [EndReason.CALL_FAILED, { outcome: 'failed', operation: SYNCHRONIZE }],
  [EndReason.NO_RESULT, NO_RESULT],
  [EndReason.CANCELLED, ours('cancelled', 'SYNC_CANCELLED', MAPI_E_USER_CANCEL)],
  [EndReason.TIMEOUT, ours('timed-out', 'SYNC_TIMEOUT', MAPI_E_TIMEOUT)],
  [EndReason.STALLED, ours('timed-out', 'SYNC_STALLED', MAPI_E_TIMEOUT)],
  [EndReason.READER_STALLED, ours('timed-out', 'SYNC_READER_STALLED', MAPI_E_TIMEOUT)],
  [
    FacadeEnd.NO_INTERFACE,
    { outcome: 'failed', operation: 'IMsgStore::QueryInterface', hresult: MAPI_E_INTERFACE_NOT_SUPPORTED },
  ],
  [
    FacadeEnd.NO_TRANSPORT,
    {
      outcome: 'failed',
      operation: 'IMAPIStatus::FlushQueues',
      hresult: MAPI_E_NO_SUPPORT,
      hint: "This version synchronises through IMAPISync alone: use engine: 'imapisync' with a store that has it.",
    },
  ],
  [FacadeEnd.CLOSED, ours('failed', 'MAPI_CLOSED', MAPI_E_INVALID_OBJECT)],
]);

function ours(outcome: Outcome, code: string, hresult: number): Row {
  return { outcome, operation: SYNCHRONIZE, code, hresult };
}

/** What the run knows besides its end. */
interface RunFacts extends Pick<SyncResult, 'engine' | 'problems' | 'problemCount' | 'updates' | 'lastProgress'> {
  readonly startedAt: number;
  /** Why it was asked to end; undefined where nobody asked, or gave no reason. */
  readonly cancelReason: unknown;
}

/** What an end becomes. */
export interface Conclusion {
  readonly event: EndEvent;
  readonly result: SyncResult;
  /** Makes the value that the promise rejects with. Must not be called for a run that succeeded. */
  failure(site: CallSite): unknown;
}

export function conclude(end: RunEnd, facts: RunFacts): Conclusion {
  const row = ENDS.get(end.reason) ?? NO_RESULT;
  // The text of a call that could not be made is the operation that failed, and no detail of it.
  const wasNotMade = end.reason === EndReason.NOT_CALLED;
  const operation = (wasNotMade ? end.detail : null) ?? row.operation;
  const detail = wasNotMade ? null : end.detail;
  const hresult = row.hresult ?? end.hresult;
  const code = row.code ?? codeOf(hresult);
  const outcome = end.reason === EndReason.DONE && succeeded(hresult) ? 'succeeded' : row.outcome;
  // The clock that the events are timed with may be set back while the run goes on.
  const durationMs = Math.max(0, end.at - facts.startedAt);
  const { engine, problems, problemCount, updates, lastProgress } = facts;
  const result: SyncResult = {
    outcome,
    engine,
    hresult,
    code,
    problems,
    problemCount,
    updates,
    lastProgress,
    durationMs,
  };
  const reason = facts.cancelReason;
  const message =
    outcome === 'cancelled' && reason instanceof Error
      ? reason.message
      : explanation({ ...end, detail }, code, hresult, problems);
  return {
    event: { type: 'end', outcome, hresult, code, message, durationMs, at: end.at },
    result,
    failure(site) {
      if (outcome === 'cancelled') return reason === undefined ? site.sign(abortError()) : reason;
      const { hint } = row;
      const text = message === null ? '' : `: ${message}`;
      const init = {
        operation,
        hresult,
        code,
        hint,
        detail,
        message: `${operation}: ${namedCode(code, hresult)}${text}`,
        result,
      };
      return site.sign(outcome === 'timed-out' ? new SyncTimeoutError(init) : new SyncError(init));
    },
  };
}

/** Says to people why the run ended as it did; null where there is nothing to say. */
function explanation(end: RunEnd, code: string, hresult: number, problems: SyncResult['problems']): string | null {
  if (hresult === 0) return null;
  // Providers tend to explain through Error what is wrong, and to pass the bare code to Done.
  const said = end.detail ?? problems.findLast((problem) => problem.hresult === hresult)?.message ?? null;
  const parts = [meaningOf(code)?.meaning, said];
  if (end.reason === EndReason.CALL_FAILED && end.doneHresult !== 0) {
    parts.push(`Done brought ${namedCode(codeOf(end.doneHresult), end.doneHresult)}`);
  }
  const text = parts.filter((part) => part !== undefined && part !== null && part !== '').join('; ');
  return text === '' ? null : text;
}

/** A run that ends before anything is called: it was aborted before it began, or there is nobody to call. */
export class EndedRun implements NativeRun {
  readonly ended = true;
  readonly done = null;
  readonly updates = 0;
  readonly problemCount = 0;
  readonly bytesInUse = 0;
  #words: number[] | undefined;

  /**
   * @param reason An EndReason or a FacadeEnd.
   * @param onReady Called in a microtask, so that there is time to add listeners.
   */
  constructor(flags: number, reason: number, onReady: () => void) {
    const now = Date.now();
    const at = [now % 0x100000000, Math.floor(now / 0x100000000)] as const;
    this.#words = [EventKind.START, flags, 0, 0, ...at, EventKind.END, reason, 0, 0, ...at];
    queueMicrotask(onReady);
  }

  take(words: Uint32Array): number {
    if (this.#words === undefined) return 0;
    words.set(this.#words);
    const count = this.#words.length / WORDS_PER_EVENT;
    this.#words = undefined;
    return count;
  }

  async returned(): Promise<null> {
    return null;
  }

  async letGo(): Promise<true> {
    return true;
  }

  cancel(): void {
    // It has ended already.
  }

  ref(): void {
    // Nothing of this run outlives the microtask.
  }

  unref(): void {
    // As above.
  }
}
