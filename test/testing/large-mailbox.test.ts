/** A large mailbox: everything reaches the other side, on one scale of progress. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { logon } from 'mapisync';
import { sampleMapi, sampleProfile } from 'mapisync/testing';
import { expect, it } from 'vitest';
import { compareTrees } from '../../src/cli/demo/compare-trees.js';

const FOLDERS = 20;
/** `npm run soak` says more. */
const MESSAGES = Number(process.env.MAPISYNC_MESSAGES ?? 1000);
const MESSAGES_A_SIDE = MESSAGES / 2 / FOLDERS;

async function fill(side: string, name: string): Promise<void> {
  for (let folder = 0; folder < FOLDERS; folder++) {
    const here = path.join(side, `Ordner ${folder % 4}`, `Унтер ${folder}`);
    await mkdir(here, { recursive: true });
    for (let number = 0; number < MESSAGES_A_SIDE; number++) {
      const text = `Subject: ${name} ${folder}/${number}\r\n\r\n${'All is well.\r\n'.repeat(number % 40)}`;
      await writeFile(path.join(here, `${name} ${number}.eml`), text);
    }
  }
}

it(`of ${MESSAGES} messages, half of them on each side, is the same on both sides afterwards`, async () => {
  await using profile = await sampleProfile({ stores: [{ name: 'Large', mailbox: {} }] });
  const sides = ['server', 'local'].map((side) => path.join(profile.path, 'Large', side)) as [string, string];
  await Promise.all(sides.map((side) => fill(side, path.basename(side))));
  await using session = await logon({ mapi: sampleMapi, profile: profile.path });
  const store = await session.openStore();
  const run = store.synchronize({ delivery: 'every' });
  const steps = new Set<string>();
  let last = 0;
  run.on('progress', ({ index, max }) => {
    if (index < last) steps.add('back');
    last = index;
    steps.add(`of ${max}`);
  });
  expect(await run).toMatchObject({ outcome: 'succeeded', code: 'S_OK', problemCount: 0 });
  expect([...steps]).toEqual([`of ${last}`]);
  expect(await compareTrees(...sides)).toMatchObject({ differences: [], files: MESSAGES });
}, 900_000);
