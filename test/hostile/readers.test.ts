/** Readers that stop reading while a provider is at work: they hold it, and nothing else. */
import type { SyncEvent, SyncRun } from 'mapisync';
import { scenario } from 'mapisync/testing';
import { describe, expect, it } from 'vitest';
import { E_FAIL, ended, endOf, S_OK, withHostileStore } from './hostile-store.js';

/** More than an iterator takes of its own accord. */
const MANY = 3000;
const endless = () => scenario().repeat(0xffff_ffff, (step) => step.progress('Inbox', '#', 0xffff_ffff));
const many = () => scenario().repeat(MANY, (step) => step.progress('Inbox', '#', MANY));

async function takesOne(run: SyncRun): Promise<AsyncIterator<SyncEvent>> {
  const events = run[Symbol.asyncIterator]();
  await events.next();
  return events;
}

const untilHeld = () => new Promise((resolve) => setTimeout(resolve, 200));

describe("an iterator of an 'every' run that takes nothing more", () => {
  it('holds the provider until holdMs has passed', () =>
    withHostileStore(endless(), async ({ synchronize }) => {
      const run = synchronize({ delivery: 'every', holdMs: 50 });
      const end = endOf(run);
      await takesOne(run);
      expect(await end).toEqual(ended.readerStalled());
    }));

  it('does not keep the run from being cancelled', () =>
    withHostileStore(endless(), async ({ synchronize }) => {
      const run = synchronize({ delivery: 'every' });
      const end = endOf(run);
      await takesOne(run);
      await untilHeld();
      run.cancel();
      expect(await end).toEqual(ended.cancelled());
    }));

  it('does not keep the run from passing its time', () =>
    withHostileStore(endless(), async ({ synchronize }) => {
      const run = synchronize({ delivery: 'every', timeoutMs: 300 });
      const end = endOf(run);
      await takesOne(run);
      expect(await end).toEqual(ended.timedOut());
    }));

  it('does not keep session and store from being closed', () =>
    withHostileStore(endless(), async ({ store, session, synchronize }) => {
      const run = synchronize({ delivery: 'every' });
      const end = endOf(run);
      await takesOne(run);
      await untilHeld();
      await Promise.all([store.close(), session.close()]);
      expect(await end).toEqual(ended.cancelled());
    }));

  it('does not keep the run from ending by Done, and has all of it still to read', () =>
    withHostileStore(many().error(E_FAIL, 'last').done(S_OK), async ({ synchronize }) => {
      const run = synchronize({ delivery: 'every' });
      const end = endOf(run);
      const events = await takesOne(run);
      expect(await end).toEqual(ended.succeeded());
      const types: string[] = [];
      for (let next = await events.next(); next.done !== true; next = await events.next()) types.push(next.value.type);
      expect(types.filter((type) => type === 'progress').length).toBe(MANY);
      expect(types.slice(-2)).toEqual(['problem', 'end']);
    }));

  it('is no stall of the provider', () =>
    withHostileStore(endless(), async ({ synchronize }) => {
      const run = synchronize({ delivery: 'every', stallMs: 100, holdMs: 600 });
      const end = endOf(run);
      await takesOne(run);
      expect(await end).toEqual(ended.readerStalled());
    }));
});
