import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoMailbox, Side } from './demo-mailboxes.js';

export interface WrittenMailbox {
  /** Each counted once, wherever it lies. */
  readonly messages: number;
  /** The sizes of all messages. */
  readonly bytes: number;
  /** How many messages lie on each side. */
  readonly server: number;
  readonly local: number;
}

/** Puts a mailbox's messages into `server/` and `local/` of a store's folder. Rejects with the signal's reason. */
export async function writeMailbox(
  mailbox: DemoMailbox,
  storeFolder: string,
  signal: AbortSignal,
): Promise<WrittenMailbox> {
  const made = new Set<string>();
  const makeFolder = async (path: string): Promise<void> => {
    if (made.has(path)) return;
    await mkdir(path, { recursive: true });
    made.add(path);
  };
  for (const { side, folder } of mailbox.emptyFolders) {
    for (const tree of treesOf(side)) await makeFolder(join(storeFolder, tree, ...folder));
  }
  const written = { messages: 0, bytes: 0, server: 0, local: 0 };
  for (const message of mailbox.messages()) {
    signal.throwIfAborted();
    written.messages++;
    written.bytes += message.bytes.length;
    for (const tree of treesOf(message.side)) {
      const folder = join(storeFolder, tree, ...message.folder);
      await makeFolder(folder);
      // 'wx': two messages of one name would be one message fewer than was counted.
      await writeFile(join(folder, message.fileName), message.bytes, { flag: 'wx' });
      written[tree]++;
    }
  }
  return written;
}

function treesOf(side: Side): readonly ('server' | 'local')[] {
  return side === 'both' ? ['server', 'local'] : [side];
}
