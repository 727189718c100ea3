/** A mailbox whose synchronisation is killed at random moments: nothing is lost or halved, and the next run completes. */
import path from 'node:path';
import { logon } from 'mapisync';
import { sampleMapi, sampleProfile } from 'mapisync/testing';
import { expect, it } from 'vitest';
import { randomNumbers } from '../support/random-numbers.js';
import { endOfProgram, seed } from './end-of-program.js';
import { MailboxModel } from './mailbox-model.js';

const kills = Number(process.env.MAPISYNC_KILLS ?? 6);
/** Then a new one: it grows with each kill, and to compare it takes longer each time. */
const KILLS_OF_A_MAILBOX = 50;
const CHANGES = 30;

async function synchronise(profile: string): Promise<number> {
  await using session = await logon({ mapi: sampleMapi, profile });
  const store = await session.openStore();
  const { outcome, problems, durationMs } = await store.synchronize();
  expect({ outcome, problems }).toEqual({ outcome: 'succeeded', problems: [] });
  return durationMs;
}

async function killAll(count: number, random: () => number): Promise<void> {
  await using profile = await sampleProfile({ stores: [{ name: 'Mailbox', mailbox: {} }] });
  const mailbox = new MailboxModel(path.join(profile.path, 'Mailbox'), random);
  mailbox.change(CHANGES);
  let durationMs = await synchronise(profile.path);
  expect(mailbox.problemsWhenFinished()).toEqual([]);
  for (let kill = 0; kill < count; kill++) {
    mailbox.change(CHANGES);
    const moment = Math.round(random() * 1000) / 1000;
    const context = `kill ${kill} at ${moment} of ${durationMs} ms`;
    const end = await endOfProgram('mailbox-sync', { args: [moment, profile.path, Math.max(20, durationMs)] });
    expect(end.stdout, context).toContain('mark: at work');
    expect(end.code, context).not.toBe(0);
    expect(mailbox.problemsWhenKilled(), context).toEqual([]);
    if (process.env.MAPISYNC_KILLS !== undefined) console.log(`${context}: ${mailbox.outstanding()} outstanding`);
    durationMs = Math.max(durationMs, await synchronise(profile.path));
    expect(mailbox.problemsWhenFinished(), context).toEqual([]);
  }
}

it(
  `is whole after each of ${kills} kills (MAPISYNC_SEED=${seed})`,
  async () => {
    const random = randomNumbers(seed);
    for (let left = kills; left > 0; left -= KILLS_OF_A_MAILBOX) {
      await killAll(Math.min(left, KILLS_OF_A_MAILBOX), random);
    }
  },
  120_000 + kills * 30_000,
);
