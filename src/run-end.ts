/** How runs end: the table of ends, and what each becomes: an event, a result, an error. */
import { EndReason } from './binding.js';
import { codeOf, meaningOf, namedCode, succeeded } from './codes.js';
import { abortError, type CallSite, SyncError, SyncTimeoutError } from './errors.js';
import type { EndEvent, Outcome, SyncResult } from './sync-events.js';

/** Ends that the facade makes itself, beside the native side's EndReason: nothing native is called for them. */
export const FacadeEnd = {
  noInterface: 0x101,
  noTransport: 0x102,
  closed: 0x103,
} as const;

/** An end as it arrived. */
export interface RunEnd {
  /** An EndReason or a FacadeEnd. */
  readonly reason: number;
  readonly hresult: number;
  /** What `Done` brought where the call's own failure decided; else 0. */
  readonly doneHresult: number;
  /** What GetLastError said; null where it said nothing. */
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
  [EndReason.done, { outcome: 'failed', operation: DONE }],
  [EndReason.callFailed, { outcome: 'failed', operation: SYNCHRONIZE }],
  [EndReason.noResult, NO_RESULT],
  [EndReason.cancelled, ours('cancelled', 'SYNC_CANCELLED', MAPI_E_USER_CANCEL)],
  [EndReason.timeout, ours('timed-out', 'SYNC_TIMEOUT', MAPI_E_TIMEOUT)],
  [EndReason.stalled, ours('timed-out', 'SYNC_STALLED', MAPI_E_TIMEOUT)],
  [EndReason.readerStalled, ours('timed-out', 'SYNC_READER_STALLED', MAPI_E_TIMEOUT)],
  [
    FacadeEnd.noInterface,
    { outcome: 'failed', operation: 'IMsgStore::QueryInterface', hresult: MAPI_E_INTERFACE_NOT_SUPPORTED },
  ],
  [
    FacadeEnd.noTransport,
    {
      outcome: 'failed',
      operation: 'IMAPIStatus::FlushQueues',
      hresult: MAPI_E_NO_SUPPORT,
      hint: "This version synchronises through IMAPISync alone: use engine: 'imapisync' with a store that has it.",
    },
  ],
  [FacadeEnd.closed, ours('failed', 'MAPI_CLOSED', MAPI_E_INVALID_OBJECT)],
]);

function ours(outcome: Outcome, code: string, hresult: number): Row {
  return { outcome, operation: SYNCHRONIZE, code, hresult };
}

/** What the run knows besides its end. */
export interface RunFacts
  extends Pick<SyncResult, 'engine' | 'problems' | 'problemCount' | 'updates' | 'lastProgress'> {
  readonly startedAt: number;
  /** Why it was asked to end; undefined where nobody asked, or gave no reason. */
  readonly cancelReason: unknown;
}

/** Everything that an end comes to. */
export interface Conclusion {
  readonly event: EndEvent;
  readonly result: SyncResult;
  /** Makes what the promise rejects with. Not to be called for a run that succeeded. */
  failure(site: CallSite): unknown;
}

export function conclude(end: RunEnd, facts: RunFacts): Conclusion {
  const row = ENDS.get(end.reason) ?? NO_RESULT;
  const hresult = row.hresult ?? end.hresult;
  const code = row.code ?? codeOf(hresult);
  const outcome = end.reason === EndReason.done && succeeded(hresult) ? 'succeeded' : row.outcome;
  // The clock of the events may be set back meanwhile.
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
    outcome === 'cancelled' && reason instanceof Error ? reason.message : explanation(end, code, hresult, problems);
  return {
    event: { type: 'end', outcome, hresult, code, message, durationMs, at: end.at },
    result,
    failure(site) {
      if (outcome === 'cancelled') return reason === undefined ? site.sign(abortError()) : reason;
      const { operation, hint } = row;
      const text = message === null ? '' : `: ${message}`;
      const init = {
        operation,
        hresult,
        code,
        hint,
        detail: end.detail,
        message: `${operation}: ${namedCode(code, hresult)}${text}`,
        result,
      };
      return site.sign(outcome === 'timed-out' ? new SyncTimeoutError(init) : new SyncError(init));
    },
  };
}

/** Why it ended so, for people; null where there is nothing to say. */
function explanation(end: RunEnd, code: string, hresult: number, problems: SyncResult['problems']): string | null {
  if (hresult === 0) return null;
  // Providers tend to say what is wrong through Error and to give the bare code to Done.
  const said = end.detail ?? problems.findLast((problem) => problem.hresult === hresult)?.message ?? null;
  const parts = [meaningOf(code)?.meaning, said];
  if (end.reason === EndReason.callFailed && end.doneHresult !== 0) {
    parts.push(`Done had brought ${namedCode(codeOf(end.doneHresult), end.doneHresult)}`);
  }
  const text = parts.filter((part) => part !== undefined && part !== null && part !== '').join('; ');
  return text === '' ? null : text;
}
