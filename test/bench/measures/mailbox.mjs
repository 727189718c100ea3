/** A whole synchronisation of a mailbox, down to the disk: this project, and a C++ client with an empty callback, in turn. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withProfile } from '../profiles.mjs';
import { openWay } from '../ways.mjs';

const ROUNDS = [
  ['floor', 'latest'],
  ['latest', 'floor'],
];

/** @param {{ folders: number, messages: number }} options `messages`: in each folder */
export function measure(size) {
  return withProfile([{ name: 'Mailbox', mailbox: {} }], (profile) => measureIn(profile, size));
}

async function measureIn(profile, { folders, messages }) {
  const [{ folder }] = profile.stores;
  await fill(join(folder, 'server'), folders, messages);
  const took = { floor: [], latest: [] };
  for (const ways of ROUNDS) {
    for (const way of ways) {
      await forget(folder);
      const opened = await openWay(way, profile.path);
      const begin = performance.now();
      await opened.run(() => {});
      took[way].push(performance.now() - begin);
      await opened.close();
    }
  }
  return took;
}

async function fill(server, folders, messages) {
  for (let at = 0; at < folders; at += 1) {
    const path = join(server, `Folder ${at}`);
    await mkdir(path);
    for (let number = 0; number < messages; number += 1) {
      const head = `From: <a@example.org>\r\nTo: <b@example.org>\r\nSubject: Message ${number} of folder ${at}\r\n\r\n`;
      await writeFile(join(path, `${number}.eml`), `${head}${'All is well.\r\n'.repeat(20)}`);
    }
  }
}

/** Back to the state before the first synchronisation. */
async function forget(folder) {
  await rm(join(folder, 'sync-record.txt'), { force: true });
  await rm(join(folder, 'local'), { recursive: true, force: true });
  await mkdir(join(folder, 'local'));
}
