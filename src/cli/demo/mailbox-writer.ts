import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoMailbox, Side } from './demo-mailboxes.js';

export interface WrittenMailbox {
  readonly messages: number;
  /** The sizes of all messages, each counted once, wherever it lies. */
  readonly bytes: number;
}

/** Puts a mailbox's messages into `server/` and `local/` of a store's folder. */
export async function writeMailbox(mailbox: DemoMailbox, storeFolder: string): Promise<WrittenMailbox> {
  const made = new Set<string>();
  const makeFolder = async (path: string): Promise<void> => {
    if (made.has(path)) return;
    await mkdir(path, { recursive: true });
    made.add(path);
  };
  for (const { side, folder } of mailbox.emptyFolders) {
    for (const tree of treesOf(side)) await makeFolder(join(storeFolder, tree, ...folder));
  }
  let messages = 0;
  let bytes = 0;
  for (const message of mailbox.messages()) {
    messages++;
    bytes += message.bytes.length;
    for (const tree of treesOf(message.side)) {
      const folder = join(storeFolder, tree, ...message.folder);
      await makeFolder(folder);
      // 'wx': two messages of one name would be one message fewer than was counted.
      await writeFile(join(folder, message.fileName), message.bytes, { flag: 'wx' });
    }
  }
  return { messages, bytes };
}

function treesOf(side: Side): readonly ('server' | 'local')[] {
  return side === 'both' ? ['server', 'local'] : [side];
}
