/**
 * What the programs in this folder share. Each is a whole process that ends in some way, and whose end is the test. They are
 * started as `node PROGRAM.mjs MOMENT [ARGS...]`: MOMENT, 0 to 1, is when in its course it is to happen.
 *
 * What is printed goes into a file, so it is there however the process ends.
 */
import { logon } from 'mapisync';
import { sampleMapi, sampleProfile, scenario } from 'mapisync/testing';

export { scenario };

/** When, from 0 to 1. */
export const moment = Number(process.argv[2] ?? 0.5);
export const args = process.argv.slice(3);

/** A moment as milliseconds, of so many at most. */
export const millisecondsOf = (most) => Math.round(moment * most);

export const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Provider at work: one call after another, from several threads, until it is told to stop. */
export const endless = () =>
  scenario().threads(4, (step) => step.repeat(0xffff_ffff, (one) => one.progress('Inbox', '#', 0xffff_ffff)));

/** Provider at work, with a breath between the calls. */
export const steady = () => {
  const play = scenario();
  for (let i = 1; i <= 5000; i += 1) play.progress(`Folder ${i % 7}`, i, 5000).sleep(2);
  return play.done(0);
};

/** A session with a profile of one store, or of several: name and scenario. The runner removes the folder. */
export async function open(stores, { closeGraceMs = 5000 } = {}) {
  const given = Array.isArray(stores) ? stores : [{ name: 'Only', scenario: stores }];
  const profile = await sampleProfile({ stores: given });
  const session = await logon({ mapi: sampleMapi, profile: profile.path, closeGraceMs });
  return { profile, session, store: await session.openStore() };
}

export const seen = (run, type) => new Promise((resolve) => run.once(type, resolve));

/** The test looks for this. */
export const mark = (text) => console.log(`mark: ${text}`);
