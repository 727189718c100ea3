import { describe, expect, it } from 'vitest';
import { MAX_BUFFERED_EVENTS } from '../../../src/run/delivery/iterator-buffer.js';
import type { SyncEvent } from '../../../src/run/events.js';
import { startRun, turnsOfTheLoop } from '../../support/start-run.js';

const NETWORK_ERROR = 0x80040115;

const brief = (event: SyncEvent): string => {
  switch (event.type) {
    case 'progress':
      return `${event.message}${event.index}`;
    case 'problem':
      return `problem ${event.message}`;
    default:
      return event.type;
  }
};

async function readAll(run: AsyncIterable<SyncEvent>): Promise<{ events: string[]; thrown: unknown }> {
  const events: string[] = [];
  try {
    for await (const event of run) events.push(brief(event));
  } catch (thrown) {
    return { events, thrown };
  }
  return { events, thrown: undefined };
}

describe('for await over a run', () => {
  it('sees start, everything in order, and end, and then returns', async () => {
    const { run, native } = startRun({ every: true });
    const reading = readAll(run);
    native.start().progress('A', 1, 3).problem(NETWORK_ERROR, 'p').progress('B', 2, 3).doneWith(0);
    expect(await reading).toEqual({ events: ['start', 'A1', 'problem p', 'B2', 'end'], thrown: undefined });
  });

  it('throws what the promise rejects with, after the end', async () => {
    const { run, native } = startRun();
    const reading = readAll(run);
    native.start().doneWith(NETWORK_ERROR);
    const { events, thrown } = await reading;
    expect(events).toEqual(['start', 'end']);
    expect(thrown).toBe(
      await run.then(
        () => undefined,
        (reason: unknown) => reason,
      ),
    );
  });

  it('throws any reason that the run was cancelled with', async () => {
    const { run } = startRun();
    const reading = readAll(run);
    run.cancel('why not');
    expect((await reading).thrown).toBe('why not');
  });

  it('begins with the start at its first next(), not when it is made', async () => {
    const { run, native } = startRun({ every: true });
    const iterator = run[Symbol.asyncIterator]();
    native.start().progress('A', 1, 3);
    await turnsOfTheLoop();
    const reading = readAll(iterator);
    native.progress('B', 2, 3).doneWith(0);
    expect((await reading).events).toEqual(['start', 'B2', 'end']);
  });

  it('begun in a listener, sees what comes after the event that is being handed over', async () => {
    const { run, native } = startRun({ every: true });
    const readings: Promise<{ events: string[] }>[] = [];
    run.once('start', () => readings.push(readAll(run)));
    run.once('progress', () => readings.push(readAll(run)));
    run.once('end', () => readings.push(readAll(run)));
    native.start().progress('A', 1, 3).progress('B', 2, 3).doneWith(0);
    await run;
    expect((await Promise.all(readings)).map(({ events }) => events)).toEqual([
      ['start', 'A1', 'B2', 'end'],
      ['start', 'B2', 'end'],
      ['start', 'end'],
    ]);
  });

  it('begun after the end, sees start and end', async () => {
    const { run, native } = startRun();
    native.start().progress('A', 1, 1).doneWith(0);
    await run;
    expect(await readAll(run)).toEqual({ events: ['start', 'end'], thrown: undefined });
  });

  it('left early cancels nothing, and another one goes on', async () => {
    const { run, native } = startRun({ every: true });
    const whole = readAll(run);
    native.start().progress('A', 1, 2);
    for await (const event of run) {
      expect(event.type).toBe('start');
      break;
    }
    native.progress('B', 2, 2).doneWith(0);
    expect((await whole).events).toEqual(['start', 'A1', 'B2', 'end']);
    expect(await run).toMatchObject({ outcome: 'succeeded' });
  });

  it('answers done for ever after its end, after its return, and to calls that wait when it is left', async () => {
    const { run, native } = startRun();
    const finished = run[Symbol.asyncIterator]();
    native.start().doneWith(NETWORK_ERROR);
    run.on('end', () => {});
    expect((await finished.next()).value).toMatchObject({ type: 'start' });
    expect((await finished.next()).value).toMatchObject({ type: 'end' });
    await expect(finished.next()).rejects.toMatchObject({ code: 'MAPI_E_NETWORK_ERROR' });
    expect(await finished.next()).toEqual({ done: true, value: undefined });

    const left = startRun().run[Symbol.asyncIterator]();
    const waiting = [left.next(), left.next()];
    expect(await left.return?.()).toEqual({ done: true, value: undefined });
    expect(await Promise.all(waiting)).toEqual([
      { done: true, value: undefined },
      { done: true, value: undefined },
    ]);
    expect(await left.next()).toEqual({ done: true, value: undefined });
  });

  it('answers calls of next() that do not wait for one another in order', async () => {
    const { run, native } = startRun({ every: true });
    const iterator = run[Symbol.asyncIterator]();
    const calls = Promise.all(Array.from({ length: 6 }, () => iterator.next()));
    native.start().progress('A', 1, 2).progress('B', 2, 2).doneWith(0);
    const results = await calls;
    expect(results.map(({ done, value }) => (done ? 'done' : brief(value as SyncEvent)))).toEqual([
      'start',
      'A1',
      'B2',
      'end',
      'done',
      'done',
    ]);
  });

  it("leaves out overtaken progress in 'latest', but not the last before a problem or the end", async () => {
    const { run, native } = startRun();
    const iterator = run[Symbol.asyncIterator]();
    const first = iterator.next();
    native.start().progress('A', 1, 9).progress('A', 2, 9).problem(NETWORK_ERROR, 'p').problem(0, 'q');
    native.progress('B', 3, 9).progress('B', 4, 9).progress('C', 5, 9).doneWith(0);
    await run;
    await first;
    expect((await readAll(iterator)).events).toEqual(['A2', 'problem p', 'problem q', 'C5', 'end']);
  });

  it("keeps the first and last 1000 problems of a flood in 'latest' while nobody reads", async () => {
    const { run, native } = startRun();
    const iterator = run[Symbol.asyncIterator]();
    await Promise.all([iterator.next(), native.start()]);
    for (let index = 0; index < 5000; index += 1) native.progress('x', index, 1).problem(0, `${index}`);
    native.doneWith(0);
    await run;
    const { events } = await readAll(iterator);
    expect(events).toHaveLength(4001);
    expect(events[1999]).toBe('problem 999');
    expect(events.slice(2000, 2002)).toEqual(['x4000', 'problem 4000']);
    expect(events.slice(-2)).toEqual(['problem 4999', 'end']);
  });

  it("holds the provider in 'every' while more than the bound waits for it, and loses nothing", async () => {
    const { run, native } = startRun({ every: true });
    const iterator = run[Symbol.asyncIterator]();
    const first = iterator.next();
    native.start();
    const count = MAX_BUFFERED_EVENTS * 5;
    for (let index = 0; index < count; index += 1) native.progress('x', index, count);
    await first;
    await turnsOfTheLoop(20);
    const held = native.undelivered;
    expect(held).toBeGreaterThan(count - MAX_BUFFERED_EVENTS - 1100);
    await turnsOfTheLoop(10);
    expect(native.undelivered).toBe(held);
    const reading = readAll(iterator);
    await turnsOfTheLoop(100);
    expect(native.undelivered).toBe(0);
    native.doneWith(0);
    const { events } = await reading;
    expect(events).toEqual([...Array.from({ length: count }, (_, index) => `x${index}`), 'end']);
  });

  it("holds the provider in 'every' for text as well: 8 MiB of it, not more", async () => {
    const { run, native } = startRun({ every: true });
    const iterator = run[Symbol.asyncIterator]();
    const first = iterator.next();
    native.start();
    for (let index = 0; index < 20; index += 1) native.problem(0, `${index}${'x'.repeat(1024 * 1024)}`);
    await first;
    await turnsOfTheLoop(10);
    let taken = 0;
    const waiting = (async () => {
      for await (const event of iterator) if (event.type === 'problem') taken += 1;
    })();
    native.doneWith(0);
    await waiting;
    expect(taken).toBe(20);
  });

  it('lets go of the provider when it is left', async () => {
    const { run, native } = startRun({ every: true });
    const iterator = run[Symbol.asyncIterator]();
    const first = iterator.next();
    native.start();
    for (let index = 0; index < 20000; index += 1) native.progress('x', index, 1);
    await first;
    await turnsOfTheLoop(20);
    expect(native.undelivered).toBeGreaterThan(0);
    await iterator.return?.();
    await turnsOfTheLoop(200);
    expect(native.undelivered).toBe(0);
    native.doneWith(0);
    await run;
  });

  it('gives timers their turn, however much there is to read', async () => {
    const { run, native } = startRun({ every: true });
    native.start();
    for (let index = 0; index < 300000; index += 1) native.progress('x', index, 1);
    native.doneWith(0);
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 1);
    for await (const event of run)
      if (event.type === 'progress') for (let work = 0; work < 300; work += 1) Math.sqrt(work);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(5);
  });

  it('is an iterator that iterates over itself, and leaves when it is disposed', async () => {
    const { run, native } = startRun();
    const iterator = run[Symbol.asyncIterator]();
    expect(iterator[Symbol.asyncIterator]()).toBe(iterator);
    native.start();
    await iterator.next();
    await (iterator as unknown as AsyncDisposable)[Symbol.asyncDispose]();
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    run.cancel();
  });

  it('a thousand of them each see everything', async () => {
    const { run, native } = startRun({ every: true });
    const readings = Array.from({ length: 1000 }, () => readAll(run));
    native.start();
    for (let index = 0; index < 20; index += 1) native.progress('x', index, 20);
    native.doneWith(0);
    for (const { events } of await Promise.all(readings)) expect(events).toHaveLength(22);
  });
});
