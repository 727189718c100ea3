/** Very many random synchronisations, each held against what it may come to, and the process against what it may keep. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { logon, type Session, type SyncRun } from 'mapisync';
import { sampleMapi, sampleProfile } from 'mapisync/testing';
import { collectGarbage } from '../support/collect-garbage.js';
import { probe, type SampleCounters } from '../support/probe.js';
import { randomNumbers } from '../support/random-numbers.js';
import { playPart } from './play-part.js';
import { type Behaviour, randomBehaviour } from './random-behaviour.js';

export interface SoakOptions {
  readonly syncs: number;
  readonly atOnce: number;
  readonly seed: number;
  /** Told now and then what has been done. */
  readonly onProgress?: (text: string) => void;
}

/** What the process has in use, with no session open. */
export interface Use {
  readonly handles: number;
  readonly threads: number;
  /** What our code and Node's have allocated, JavaScript's live objects included, in bytes. */
  readonly memory: number;
  /** What the system has given to the process, in bytes; for information. */
  readonly residentBytes: number;
}

export interface SoakReport {
  readonly syncs: number;
  readonly ends: Readonly<Record<string, number>>;
  readonly counters: SampleCounters;
  /** Before all but the first few, which are not counted; after a tenth of the syncs; after all of them. */
  readonly before: Use;
  readonly afterTenth: Use;
  readonly after: Use;
  readonly seconds: number;
}

const GENERATIONS = 10;
const SETTLE_MS = 20_000;

export async function soak({ syncs, atOnce, seed, onProgress = () => {} }: SoakOptions): Promise<SoakReport> {
  const startedAt = performance.now();
  const slots = Array.from({ length: atOnce }, (_unused, at) => `Store ${at}`);
  const profile = await sampleProfile({ stores: slots.map((name) => ({ name, scenario: '' })) });
  const ends: Record<string, number> = {};
  try {
    // The pools' threads come with the first runs, and each has handles of its own.
    await playGeneration(profile.path, slots, { first: 0, last: 2 * atOnce, seed: seed + 1, ends: {} });
    const before = await useNow();
    let afterTenth = before;
    for (let generation = 0; generation < GENERATIONS; generation++) {
      const first = Math.round((syncs * generation) / GENERATIONS);
      const last = Math.round((syncs * (generation + 1)) / GENERATIONS);
      await playGeneration(profile.path, slots, { first, last, seed, ends });
      if (generation === 0) afterTenth = await useNow();
      onProgress(`${last} of ${syncs} synchronisations, ${Math.round((performance.now() - startedAt) / 1000)} s`);
    }
    const after = await useNow();
    const counters = probe.counters();
    if (counters === null) throw new Error('the sample MAPI has gone');
    const seconds = (performance.now() - startedAt) / 1000;
    return { syncs, ends, counters, before, afterTenth, after, seconds };
  } finally {
    await profile[Symbol.asyncDispose]();
  }
}

interface Generation {
  readonly first: number;
  readonly last: number;
  readonly seed: number;
  readonly ends: Record<string, number>;
}

/** One session, and its share of the syncs, as many at once as there are stores. */
async function playGeneration(profilePath: string, slots: readonly string[], generation: Generation): Promise<void> {
  const session = await logon({ mapi: sampleMapi, profile: profilePath, closeGraceMs: SETTLE_MS });
  const stores = new Map((await session.stores()).map((store) => [store.displayName, store.entryId]));
  let next = generation.first;
  await Promise.all(
    slots.map(async (slot) => {
      while (next < generation.last) {
        const number = next++;
        // Of its own, so that one alone can be had again.
        const behaviour = randomBehaviour(randomNumbers(generation.seed + number * 0x9e37_79b1));
        const end = await playOne(session, stores.get(slot) ?? '', path.join(profilePath, slot), behaviour).catch(
          (error) => {
            throw new Error(
              `seed ${generation.seed}, sync ${number}: ${(error as Error).message}\n${shown(behaviour)}`,
            );
          },
        );
        generation.ends[end] = (generation.ends[end] ?? 0) + 1;
      }
    }),
  );
  await session.close();
}

async function playOne(session: Session, entryId: string, folder: string, behaviour: Behaviour): Promise<string> {
  await writeFile(path.join(folder, 'scenario.txt'), behaviour.scenario.toString());
  const store = await session.openStore({ entryId });
  const [run] = (await playPart(store, behaviour)) as [SyncRun];
  const { result } = run;
  if (result === null || run.state !== 'ended') throw new Error(`settled, but ${run.state}`);
  const { outcome, code, updates, problemCount } = result;
  if (!behaviour.ends.some((end) => end.outcome === outcome && end.code === code)) {
    throw new Error(
      `ended as ${outcome} ${code}, not as ${behaviour.ends.map((end) => `${end.outcome} ${end.code}`).join(' or ')}`,
    );
  }
  if (behaviour.updates !== null && behaviour.updates !== updates) {
    throw new Error(`counted ${updates} Progress calls of ${behaviour.updates}`);
  }
  if (behaviour.problems !== null && behaviour.problems !== problemCount) {
    throw new Error(`counted ${problemCount} Error calls of ${behaviour.problems}`);
  }
  await store.close();
  return code;
}

function shown({ scenario, part, options }: Behaviour): string {
  const text = scenario.toString();
  return `the client ${part}, ${JSON.stringify(options)}\n${text.length > 4000 ? `${text.slice(0, 4000)}...` : text}`;
}

/** With everything closed: after the sample has nothing left, or as much as it will keep. */
async function useNow(): Promise<Use> {
  const until = performance.now() + SETTLE_MS;
  while (!isAtRest() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
  await collectGarbage();
  return {
    handles: probe.handles(),
    threads: probe.threads(),
    memory: probe.heapBytes() + process.memoryUsage().heapUsed,
    residentBytes: process.memoryUsage.rss(),
  };
}

function isAtRest(): boolean {
  const counters = probe.counters();
  return counters !== null && counters.references === 0 && counters.threads === 0 && counters.runs === 0;
}

const MEGABYTE = 1024 * 1024;

/** What the report breaks of the promises; empty where it breaks none. `withMemory`: of enough syncs to tell. */
export function brokenPromises(report: SoakReport, withMemory: boolean): string[] {
  const broken: string[] = [];
  const { initializations, ...others } = report.counters;
  for (const [name, count] of Object.entries(others)) if (count !== 0) broken.push(`${name}: ${count} left`);
  if (initializations !== 1) broken.push(`initializations: ${initializations}, not the keeper's alone`);
  const handles = report.after.handles - report.before.handles;
  if (Math.abs(handles) > 5) broken.push(`handles: ${report.before.handles} before, ${report.after.handles} after`);
  const grown = memoryGrowth(report);
  if (withMemory && grown >= MEGABYTE)
    broken.push(`memory: grown by ${(grown / MEGABYTE).toFixed(2)} MB per 10,000 syncs`);
  return broken;
}

/** Bytes per 10,000 syncs, after the first tenth. */
export function memoryGrowth({ syncs, after, afterTenth }: SoakReport): number {
  return ((after.memory - afterTenth.memory) / (syncs * (1 - 1 / GENERATIONS))) * 10_000;
}
