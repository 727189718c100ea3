import { join } from 'node:path';
import type { StoreInfo } from '../../index.js';
import { type DemoArguments, defaultConcurrency } from '../command-line.js';
import { compareTrees, type TreeComparison } from '../demo/compare-trees.js';
import { type DemoProfile, makeDemoProfile } from '../demo/demo-profile.js';
import { ExitCode } from '../exit-code.js';
import type { Host } from '../host.js';
import type { Interruption } from '../interruption.js';
import { JsonLines } from '../json-lines.js';
import { counted, exitCodeOf } from '../sync-summary.js';
import { type Terminal, terminalOf } from '../terminal.js';
import { cutText, printable } from '../terminal-text.js';
import { synchronise } from './synchronise.js';

const differencesShown = 20;

export async function demo({ json }: DemoArguments, host: Host, interruption: Interruption): Promise<number> {
  const { signal } = interruption;
  const say = (...lines: readonly string[]): void => {
    if (!json) host.stdout.write(lines.map((line) => `${line}\n`).join(''));
  };
  const { isSupported, logon, profiles } = await host.library();
  const { sampleMapi, sampleProfile } = await host.testingKit();
  // Where no MAPI can be loaded, that is the error to show; nothing is to be written before.
  if (!isSupported()) await profiles({ mapi: sampleMapi, signal });

  const path = profilePath(host);
  say(`Making a sample profile in ${path}`);
  const profile = await makeDemoProfile(path, sampleProfile, signal);
  say(...profileLines(profile));

  const session = await logon({ mapi: sampleMapi, profile: path, signal });
  let stores: readonly StoreInfo[];
  let exitCode: number;
  try {
    const version = session.mapi.version === null ? '' : `, version ${session.mapi.version}`;
    say(`Logged on through ${session.mapi.path}${version}, ${session.mapi.bits}-bit`, '');
    stores = await session.stores({ signal });
    const plan = { stores, options: {}, skipIncapable: true, concurrency: defaultConcurrency };
    exitCode = exitCodeOf(await synchronise(session, plan, { host, interruption, json }), signal.aborted);
  } finally {
    await session.close();
  }
  if (exitCode === ExitCode.cancelled) return exitCode;

  say('');
  const terminal = terminalOf(host.stdout, host.env);
  for (const { name, folder, written } of profile.mailboxes) {
    signal.throwIfAborted();
    const comparison = await compareTrees(join(folder, 'server'), join(folder, 'local'));
    if (comparison.differences.length > 0) exitCode = ExitCode.failed;
    const before = { server: written.server, local: written.local };
    if (json) {
      const storeId = stores.find(({ displayName }) => displayName === name)?.entryId ?? null;
      const line = { type: 'comparison', before, ...comparison, at: Date.now(), store: name, storeId };
      await new JsonLines(host.stdout).write(line);
    }
    say(`${name}: ${verdict(comparison, terminal)}`);
    say(...differenceLines(comparison));
    say(`  before: ${counted(before.server, 'message')} on the server, ${before.local} local`);
    say(
      `  now on both sides: ${contents(comparison.files, comparison.bytes)} in ${counted(comparison.folders, 'folder')}`,
    );
  }
  return exitCode;
}

function profilePath(host: Host): string {
  const base = host.env.LOCALAPPDATA;
  if (base) return join(base, 'mapisync', 'sample-profiles', 'demo');
  throw Object.assign(new Error('LOCALAPPDATA is not set: it says where the demo may keep its profile'), {
    code: 'NO_LOCALAPPDATA',
  });
}

function profileLines({ mailboxes }: DemoProfile): string[] {
  const messages = mailboxes.reduce((sum, { written }) => sum + written.messages, 0);
  const bytes = mailboxes.reduce((sum, { written }) => sum + written.bytes, 0);
  return [
    `  ${counted(mailboxes.length, 'mailbox', 'mailboxes')}: ${contents(messages, bytes)}, on the server, local, or both`,
    '  1 store that cannot synchronise',
  ];
}

function verdict({ differences }: TreeComparison, terminal: Terminal): string {
  if (differences.length === 0) return terminal.style('green', 'server and local are equal, compared byte by byte');
  return terminal.style('red', `server and local differ in ${counted(differences.length, 'place')}`);
}

function differenceLines({ differences }: TreeComparison): string[] {
  const shown = differences.slice(0, differencesShown);
  const more = differences.length - shown.length;
  return [
    ...shown.map(({ path, found }) => `  ${found}: ${cutText(printable(path), 300)}`),
    ...(more > 0 ? [`  ... and ${more} more`] : []),
  ];
}

function contents(messages: number, bytes: number): string {
  return `${counted(messages, 'message')}, ${(bytes / 1e6).toFixed(1)} MB`;
}
