/**
 * Random histories of a provider, random watchers that come and go, against a model: the plain list of what the provider
 * did. The native side is simulated.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EndReason } from '../../src/native/binding.js';
import type { SyncEvent } from '../../src/run/events.js';
import { startRun } from '../support/start-run.js';

type Step =
  | { readonly do: 'progress'; readonly text: string | null; readonly index: number; readonly max: number }
  | { readonly do: 'problem'; readonly hresult: number; readonly text: string | null }
  /** Lets the event loop turn, so that what has been written is handed over. */
  | { readonly do: 'turn' }
  | { readonly do: 'listen'; readonly forEnd: boolean }
  /** `reads`: how many events it takes before it leaves; `lazy`: it lets the loop turn before each. */
  | { readonly do: 'iterate'; readonly reads: number; readonly lazy: boolean };

const text = fc.option(fc.constantFrom('Inbox', 'Sent', '', '\ud800'), { nil: null });
const uint32 = fc.integer({ min: 0, max: 0xffffffff });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('progress' as const), text, index: uint32, max: uint32 }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('problem' as const), hresult: uint32, text }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('turn' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('listen' as const), forEnd: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('iterate' as const),
      reads: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(Number.POSITIVE_INFINITY)),
      lazy: fc.boolean(),
    }),
  },
);

const ending = fc.constantFrom('done', 'failed', 'cancelled');

interface Watcher {
  /** How many of the provider's events had been handed over when it began: it sees those from there on. */
  readonly from: number;
  readonly seen: SyncEvent[];
  readonly leftEarly: boolean;
  readonly thrown: unknown;
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Plays a history and answers what each watcher saw, beside what there was to see. */
async function play(steps: readonly Step[], end: string, every: boolean) {
  const { run, native } = startRun({ every });
  const everything: SyncEvent[] = [];
  for (const type of ['start', 'progress', 'problem', 'end'] as const) {
    run.on(type, (event: SyncEvent) => everything.push(event));
  }
  const watchers: Promise<Watcher>[] = [];
  const listened: { from: number; seen: SyncEvent[] }[] = [];
  const written: string[] = [];
  let lastText: string | null = null;

  const iterate = async (reads: number, lazy: boolean): Promise<Watcher> => {
    const from = everything.length;
    const seen: SyncEvent[] = [];
    const iterator = run[Symbol.asyncIterator]();
    try {
      for (let read = 0; ; read += 1) {
        if (read === reads) {
          if (read > 0) await iterator.return?.();
          return { from, seen, leftEarly: true, thrown: undefined };
        }
        const pending = iterator.next();
        // Looked at below, perhaps some turns later.
        pending.catch(() => {});
        if (lazy && read > 0) await nextTurn();
        const { done, value } = await pending;
        if (done) return { from, seen, leftEarly: false, thrown: undefined };
        seen.push(value);
      }
    } catch (thrown) {
      return { from, seen, leftEarly: false, thrown };
    }
  };

  native.start();
  for (const action of steps) {
    switch (action.do) {
      case 'progress':
        native.progress(action.text, action.index, action.max);
        lastText = action.text ?? lastText;
        written.push(`progress ${lastText} ${action.index} ${action.max}`);
        break;
      case 'problem':
        native.problem(action.hresult, action.text);
        written.push(`problem ${action.text} ${action.hresult}`);
        break;
      case 'turn':
        await nextTurn();
        await nextTurn();
        break;
      case 'listen': {
        const from = everything.length;
        const seen: SyncEvent[] = [];
        listened.push({ from, seen });
        for (const type of action.forEnd ? (['end'] as const) : (['start', 'progress', 'problem', 'end'] as const)) {
          run.on(type, (event: SyncEvent) => seen.push(event));
        }
        break;
      }
      case 'iterate':
        watchers.push(iterate(action.reads, action.lazy));
        break;
    }
  }
  if (end === 'cancelled') run.cancel('stop');
  else if (end === 'failed') native.end(EndReason.DONE, 0x80040115);
  else native.doneWith(0);
  const settled = await run.then(
    (result) => ({ result, thrown: undefined }),
    (thrown: unknown) => ({ result: run.result, thrown }),
  );
  watchers.push(iterate(Number.POSITIVE_INFINITY, false));
  const late: SyncEvent[] = [];
  run.on('end', (event) => late.push(event));
  return { run, everything, written, watched: await Promise.all(watchers), listened, late, ...settled };
}

const line = (event: SyncEvent): string =>
  event.type === 'progress'
    ? `progress ${event.message} ${event.index} ${event.max}`
    : event.type === 'problem'
      ? `problem ${event.message} ${event.hresult}`
      : event.type;

/** Is `seen` what is left of `all` when overtaken progress may be left out, but never the last before another event? */
function isCoalesced(seen: readonly SyncEvent[], all: readonly SyncEvent[]): boolean {
  let at = 0;
  for (const [index, event] of all.entries()) {
    if (seen[at] === event) at += 1;
    else if (event.type !== 'progress' || all[index + 1]?.type !== 'progress') return false;
  }
  return at === seen.length;
}

describe('whatever a provider does, and whoever watches', () => {
  it("each watcher sees what the provider did, in order, in 'every'", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), ending, async (steps, end) => {
        const { everything, written, watched, listened, thrown, late, result } = await play(steps, end, true);
        expect(everything.map(line)).toEqual(['start', ...written, 'end']);
        expect(result?.updates).toBe(written.filter((text) => text.startsWith('progress')).length);
        expect(late).toEqual([everything.at(-1)]);
        for (const { from, seen } of listened) {
          const onlyEnd = seen.length === 1 && seen[0]?.type === 'end';
          expect(onlyEnd ? seen : seen.slice(-(everything.length - from) || undefined)).toEqual(
            onlyEnd ? everything.slice(-1) : everything.slice(from),
          );
        }
        for (const watcher of watched) {
          const [start] = everything;
          const expected = watcher.from === 0 ? everything : [start, ...everything.slice(watcher.from)];
          const whole = watcher.from === everything.length ? [start, everything.at(-1)] : expected;
          expect(watcher.seen).toEqual(watcher.leftEarly ? whole.slice(0, watcher.seen.length) : whole);
          if (!watcher.leftEarly) expect(watcher.thrown).toBe(thrown);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("each watcher sees all but overtaken progress, in 'latest'", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), ending, async (steps, end) => {
        const { everything, written, watched, thrown } = await play(steps, end, false);
        // The simulated channel does not coalesce: what is left out, iterators have left out for themselves.
        expect(everything.map(line)).toEqual(['start', ...written, 'end']);
        for (const watcher of watched) {
          if (watcher.leftEarly) continue;
          const [start] = everything;
          const rest = watcher.from === 0 ? everything : [start, ...everything.slice(watcher.from)];
          const whole = watcher.from === everything.length ? [start, everything.at(-1)] : rest;
          expect(isCoalesced(watcher.seen, whole as SyncEvent[])).toBe(true);
          expect(watcher.thrown).toBe(thrown);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('the newest progress and the result agree with the last of the list', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), ending, fc.boolean(), async (steps, end, every) => {
        const { run, everything, result } = await play(steps, end, every);
        const last = everything.findLast((event) => event.type === 'progress') ?? null;
        expect(run.latest).toEqual(last);
        expect(result?.lastProgress).toEqual(last);
        expect(result?.problems).toEqual(everything.filter((event) => event.type === 'problem'));
        expect(run.state).toBe('ended');
      }),
      { numRuns: 100 },
    );
  });
});
