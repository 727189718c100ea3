/** The events of a synchronisation, and its result: their public shapes. */

/** How a run ended. */
export type Outcome = 'succeeded' | 'failed' | 'cancelled' | 'timed-out';

/**
 * What a run goes through: the store's IMAPISync, the transports' queues (IMAPIStatus::FlushQueues), or a send/receive group
 * of a running Outlook.
 */
export type SyncEngine = 'imapisync' | 'transport' | 'outlook';

/** The first event of every run. */
export interface StartEvent {
  readonly type: 'start';
  /** The `ulFlags` that the provider is given: SYNC_* bits, 0 to 0xFFFFFFFF. */
  readonly flags: number;
  readonly engine: SyncEngine;
  /** When, in milliseconds since the epoch, within 20 ms. */
  readonly at: number;
}

/**
 * A call of `Progress`.
 *
 * See https://learn.microsoft.com/office/client-developer/outlook/mapi/imapisyncprogresscallback-progress
 */
export interface ProgressEvent {
  readonly type: 'progress';
  /**
   * The last text that was not NULL; null before there is one. A text of more than 1,048,576 UTF-16 units is cut, and ends
   * in `…`.
   */
  readonly message: string | null;
  /** The position, 0 to 0xFFFFFFFF. It has no unit, and a provider may go back, or beyond `max`. */
  readonly index: number;
  /** The position that means complete, 0 to 0xFFFFFFFF. */
  readonly max: number;
  /** `index / max`, 0 to 1; null where `max` is 0. A fraction of 1 is not the end; the `end` event is. */
  readonly fraction: number | null;
  /** When the provider called, in milliseconds since the epoch, within 20 ms. */
  readonly at: number;
}

/**
 * A call of `Error`: something went wrong, and the run goes on.
 *
 * See https://learn.microsoft.com/office/client-developer/outlook/mapi/imapisyncprogresscallback-error
 */
export interface ProblemEvent {
  readonly type: 'problem';
  /** `error` where the HRESULT is a failure, `warning` where it is a success code. */
  readonly severity: 'warning' | 'error';
  /** Unsigned, 0 to 0xFFFFFFFF. */
  readonly hresult: number;
  /** The symbolic name of the HRESULT, or its hex text. */
  readonly code: string;
  /** What the provider said; null where it passed NULL. */
  readonly message: string | null;
  /** When the provider called, in milliseconds since the epoch, within 20 ms. */
  readonly at: number;
}

/** The last event of every run. */
export interface EndEvent {
  readonly type: 'end';
  readonly outcome: Outcome;
  /** Unsigned, 0 to 0xFFFFFFFF. */
  readonly hresult: number;
  /** `S_OK`, the name of the provider's code, or one of ours: `SYNC_CANCELLED`, `SYNC_TIMEOUT`, ... */
  readonly code: string;
  /** Says to people why the run ended as it did; null where there is nothing to say. */
  readonly message: string | null;
  /** From the start to the end, in milliseconds. */
  readonly durationMs: number;
  /** When, in milliseconds since the epoch, within 20 ms. */
  readonly at: number;
}

export type SyncEvent = StartEvent | ProgressEvent | ProblemEvent | EndEvent;

/** The result of a run. */
export interface SyncResult {
  readonly outcome: Outcome;
  readonly engine: SyncEngine;
  /** Unsigned, 0 to 0xFFFFFFFF. */
  readonly hresult: number;
  readonly code: string;
  /**
   * In order; all of them, or the first and last 1000. Fewer are kept where the texts of the first, or of the last, have more
   * than 8,388,608 UTF-16 units together.
   */
  readonly problems: ProblemEvent[];
  /** How many problems there were: the calls of `Error` that the provider made before the end. */
  readonly problemCount: number;
  /** The calls of `Progress` that the provider made before the end, overtaken ones included. */
  readonly updates: number;
  readonly lastProgress: ProgressEvent | null;
  /** From the start to the end, in milliseconds. */
  readonly durationMs: number;
}

/** 0 to 1, or null where there is nothing to divide by. */
export function fractionOf(index: number, max: number): number | null {
  if (max === 0) return null;
  return index >= max ? 1 : index / max;
}
