/** The sample profiles that the measurements synchronise. */
import { sampleProfile, scenario } from 'mapisync/testing';

/** What a provider tells, again and again: a text that stays and a position that goes on. */
const TEXT = 'Synchronising Inbox 12 of 40';

/** Makes a profile, works with it, and removes it. @param {import('mapisync/testing').SampleStore[]} stores */
export async function withProfile(stores, work) {
  const profile = await sampleProfile({ stores });
  try {
    return await work(profile);
  } finally {
    await profile[Symbol.asyncDispose]();
  }
}

/** A profile of one scripted store. @param {import('mapisync/testing').Scenario} steps */
export function scripted(steps) {
  return [{ name: 'Scripted', scenario: steps }];
}

/** `count` calls in a row, as fast as they go, after a pause. */
export function flood(count, pauseMs = 0) {
  const steps = scenario();
  if (pauseMs > 0) steps.sleep(pauseMs);
  return steps.repeat(count, (step) => step.progress(TEXT, '#', count)).done(0);
}

/** Bursts with pauses between them, in which a reader can catch up. */
export function bursts(times, count, pauseMs) {
  const steps = scenario();
  for (let i = 0; i < times; i += 1) steps.sleep(pauseMs).repeat(count, (step) => step.progress(TEXT, '#', count));
  return steps.done(0);
}
