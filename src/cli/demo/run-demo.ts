import { join } from 'node:path';
import type { CommandContext } from '../command-line/command.js';
import { LOGON_TIMEOUT } from '../command-line/options.js';
import { DEFAULT_CONCURRENCY } from '../commands/sync.js';
import { ExitCode } from '../exit-code.js';
import type { Host } from '../host.js';
import type { StoreInfo } from '../library.js';
import { writeJsonLine } from '../report/json-lines.js';
import { counted, exitCodeOf } from '../report/sync-summary.js';
import { withSession } from '../sync/session.js';
import { synchronize } from '../sync/synchronize.js';
import { type Terminal, terminalOf } from '../terminal/terminal.js';
import { shownMessage, shownName } from '../terminal/text.js';
import { compareTrees, type TreeComparison } from './compare-trees.js';
import { type DemoProfile, makeDemoProfile } from './demo-profile.js';

const DIFFERENCES_SHOWN = 20;
const PATH_COLUMNS = 300;

export async function runDemo(json: boolean, context: CommandContext): Promise<number> {
  const { host, output } = context;
  const { signal } = context.interruption;
  const say = (...lines: readonly string[]): void => {
    if (!json) output.writeLines(lines);
  };
  const library = await host.library();
  const { sampleMapi, sampleProfile } = await host.testingKit();
  // Where no MAPI can be loaded, that is the error to show; nothing is to be written before.
  if (!library.isSupported()) await library.profiles({ mapi: sampleMapi, signal });

  const path = profilePath(host);
  say(`Making a sample profile in ${shownMessage(path, PATH_COLUMNS)}`);
  const profile = await makeDemoProfile(path, sampleProfile, signal);
  say(...profileLines(profile));

  const request = { library, mapi: sampleMapi, profile: path, logonTimeoutMs: LOGON_TIMEOUT.read([]), signal };
  let stores: readonly StoreInfo[] = [];
  let exitCode = await withSession(request, async (session, limit) => {
    const version = session.mapi.version === null ? '' : `, version ${shownName(session.mapi.version)}`;
    say(`Logged on through ${shownMessage(session.mapi.path, PATH_COLUMNS)}${version}, ${session.mapi.bits}-bit`, '');
    stores = await limit.shared('IMAPISession::GetMsgStoresTable', (stage) => session.stores({ signal: stage }));
    const plan = { stores, options: {}, skipIncapable: true, concurrency: DEFAULT_CONCURRENCY, limit };
    return exitCodeOf(await synchronize(session, plan, context, json), signal.aborted);
  });
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
      await writeJsonLine(output, line);
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
  const shown = differences.slice(0, DIFFERENCES_SHOWN);
  const more = differences.length - shown.length;
  return [
    ...shown.map(({ path, found }) => `  ${found}: ${shownMessage(path, PATH_COLUMNS)}`),
    ...(more > 0 ? [`  ... and ${more} more`] : []),
  ];
}

function contents(messages: number, bytes: number): string {
  return `${counted(messages, 'message')}, ${(bytes / 1e6).toFixed(1)} MB`;
}
