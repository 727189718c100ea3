import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DemoArguments, defaultConcurrency } from '../command-line.js';
import { compareTrees, type TreeComparison } from '../demo/compare-trees.js';
import { demoMailboxes } from '../demo/demo-mailboxes.js';
import { writeMailbox } from '../demo/mailbox-writer.js';
import { ExitCode } from '../exit-code.js';
import type { Host } from '../host.js';
import type { Interruption } from '../interruption.js';
import { JsonLines } from '../json-lines.js';
import { counted, exitCodeOf } from '../sync-summary.js';
import { terminalOf } from '../terminal.js';
import { cutText, printable } from '../terminal-text.js';
import { synchronise } from './synchronise.js';

const synclessName = 'Öffentliche Ordner';
const differencesShown = 20;

export async function demo({ json }: DemoArguments, host: Host, interruption: Interruption): Promise<number> {
  const { signal } = interruption;
  const say = (text: string): void => {
    if (!json) host.stdout.write(`${text}\n`);
  };
  const { isSupported, logon, profiles } = await host.library();
  const { sampleMapi, sampleProfile } = await host.testingKit();
  // Where no MAPI can be loaded, that is the error to show; nothing is to be written before.
  if (!isSupported()) await profiles({ mapi: sampleMapi, signal });

  const path = profilePath(host);
  say(`Making a sample profile in ${path}`);
  await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  const mailboxes = demoMailboxes();
  const profile = await sampleProfile({
    path,
    stores: [...mailboxes.map(({ name }) => ({ name, mailbox: {} })), { name: synclessName, syncless: true }],
  });
  const folders = new Map(profile.stores.map(({ name, folder }) => [name, folder]));
  let messages = 0;
  let bytes = 0;
  for (const mailbox of mailboxes) {
    signal.throwIfAborted();
    const written = await writeMailbox(mailbox, folders.get(mailbox.name) as string);
    messages += written.messages;
    bytes += written.bytes;
  }
  const size = `${counted(messages, 'message')}, ${megabytes(bytes)}`;
  say(`  ${mailboxes.length} mailboxes, ${size}: some on the server, some here, some on both sides`);
  say('  1 store that cannot synchronise');

  const session = await logon({ mapi: sampleMapi, profile: path, signal });
  let exitCode: number;
  try {
    const version = session.mapi.version === null ? '' : `, version ${session.mapi.version}`;
    say(`Logged on through ${session.mapi.path}${version}, ${session.mapi.bits}-bit`);
    say('');
    const plan = {
      stores: await session.stores({ signal }),
      options: {},
      skipIncapable: true,
      concurrency: defaultConcurrency,
    };
    exitCode = exitCodeOf(await synchronise(session, plan, { host, interruption, json }), signal.aborted);
  } finally {
    await session.close();
  }
  if (exitCode === ExitCode.cancelled) return exitCode;

  say('');
  let equal = true;
  for (const { name } of mailboxes) {
    const folder = folders.get(name) as string;
    const comparison = await compareTrees(join(folder, 'server'), join(folder, 'local'));
    equal &&= comparison.differences.length === 0;
    if (json) await new JsonLines(host.stdout).write({ type: 'comparison', store: name, ...comparison });
    else for (const line of comparisonLines(name, comparison, host)) say(line);
  }
  return equal ? exitCode : ExitCode.failed;
}

function profilePath(host: Host): string {
  const base = host.env.LOCALAPPDATA;
  if (!base)
    throw new Error(
      'The environment variable LOCALAPPDATA, which says where the demo may keep its profile, is not set',
    );
  return join(base, 'mapisync', 'sample-profiles', 'demo');
}

function comparisonLines(name: string, comparison: TreeComparison, host: Host): string[] {
  const terminal = terminalOf(host.stdout, host.env);
  const { differences, folders, files, bytes } = comparison;
  const found = `${counted(folders, 'folder')}, ${counted(files, 'message')}, ${megabytes(bytes)}`;
  if (differences.length === 0) {
    return [`${name}: ${terminal.style('green', 'server and local are equal, compared byte by byte')}`, `  ${found}`];
  }
  const shown = differences.slice(0, differencesShown);
  return [
    `${name}: ${terminal.style('red', `server and local differ in ${counted(differences.length, 'place')}`)}`,
    ...shown.map(({ path, found: how }) => `  ${how}: ${cutText(printable(path), 300)}`),
    ...(differences.length > shown.length ? [`  ... and ${differences.length - shown.length} more`] : []),
    `  equal: ${found}`,
  ];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
