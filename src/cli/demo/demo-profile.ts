import { rm } from 'node:fs/promises';
import type { TestingKit } from '../library.js';
import { demoMailboxes } from './demo-mailboxes.js';
import { type WrittenMailbox, writeMailbox } from './mailbox-writer.js';

const synclessName = 'Öffentliche Ordner';

export interface DemoProfile {
  readonly mailboxes: readonly {
    readonly name: string;
    /** Absolute; `server` and `local` lie in it. */
    readonly folder: string;
    /** What was there before the first sync. */
    readonly written: WrittenMailbox;
  }[];
}

/** Makes the demo's profile anew in the folder `path`: what lies there is removed. */
export async function makeDemoProfile(
  path: string,
  sampleProfile: TestingKit['sampleProfile'],
  signal: AbortSignal,
): Promise<DemoProfile> {
  await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  const mailboxes = demoMailboxes();
  const { stores } = await sampleProfile({
    path,
    stores: [...mailboxes.map(({ name }) => ({ name, mailbox: {} })), { name: synclessName, syncless: true }],
  });
  const made: { name: string; folder: string; written: WrittenMailbox }[] = [];
  for (const [at, mailbox] of mailboxes.entries()) {
    const { name, folder } = stores[at] as (typeof stores)[number];
    made.push({ name, folder, written: await writeMailbox(mailbox, folder, signal) });
  }
  return { mailboxes: made };
}
