/** The listeners of one run: `on`, `once` and `off` as emitters have them, with listeners that throw and that come late. */
import { reportUncaught } from '../../errors.js';
import type { EndEvent, SyncEvent } from '../events.js';

export type SyncEventType = SyncEvent['type'];
export type Listener<K extends SyncEventType = SyncEventType> = (event: SyncEvent & { type: K }) => void;

interface Entry {
  readonly listener: Listener<never>;
  readonly once: boolean;
}

const NONE: readonly Entry[] = [];

export class SyncListeners {
  // A list is replaced, never changed, so that an event goes to the listeners that were there when it came.
  readonly #lists: Record<SyncEventType, readonly Entry[]> = { start: NONE, progress: NONE, problem: NONE, end: NONE };
  #end: EndEvent | undefined;

  /** Does anybody listen to events of a type? */
  has(type: SyncEventType): boolean {
    return this.#lists[type].length > 0;
  }

  add(type: SyncEventType, listener: Listener<never>, once: boolean): void {
    if (this.#end !== undefined && type !== 'end') return;
    const entry = { listener, once };
    this.#lists[type] = [...this.#lists[type], entry];
    if (this.#end !== undefined) queueMicrotask(() => this.#callLate(entry));
  }

  /** Removes the listener that was added last, as emitters do. */
  remove(type: SyncEventType, listener: Listener<never>): void {
    this.#drop(
      type,
      this.#lists[type].findLastIndex((entry) => entry.listener === listener),
    );
  }

  /** Calls the listeners of an event. Returns false if one threw; its exception is reported as uncaught. */
  emit(event: SyncEvent): boolean {
    return this.#call(this.#lists[event.type], event);
  }

  /** Calls the listeners of the last event. A listener that is added later is called with this event once, in a microtask. */
  end(event: EndEvent): void {
    const entries = this.#lists.end;
    this.#end = event;
    for (const type of Object.keys(this.#lists) as SyncEventType[]) this.#lists[type] = NONE;
    this.#call(entries, event);
  }

  #call(entries: readonly Entry[], event: SyncEvent): boolean {
    let allReturned = true;
    for (const entry of entries) {
      if (entry.once) this.#drop(event.type, this.#lists[event.type].indexOf(entry));
      try {
        (entry.listener as (event: SyncEvent) => void)(event);
      } catch (exception) {
        allReturned = false;
        reportUncaught(exception);
      }
    }
    return allReturned;
  }

  #callLate(entry: Entry): void {
    const index = this.#lists.end.indexOf(entry);
    // It was removed before it could be called.
    if (index === -1) return;
    this.#drop('end', index);
    (entry.listener as (event: SyncEvent) => void)(this.#end as EndEvent);
  }

  #drop(type: SyncEventType, index: number): void {
    if (index === -1) return;
    this.#lists[type] = this.#lists[type].filter((_, at) => at !== index);
  }
}
