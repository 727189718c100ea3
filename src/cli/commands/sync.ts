import { type Arguments, defineCommand } from '../command-line/command.js';
import {
  choice,
  duration,
  ENTRY_IDS,
  flag,
  integer,
  JSON_LINES,
  LOGON_TIMEOUT,
  MAPI,
  PROFILE,
} from '../command-line/options.js';
import { UsageError } from '../command-line/usage-error.js';
import { EXIT_CODES, ExitCode } from '../exit-code.js';
import type { SyncOptions } from '../library.js';
import { exitCodeOf } from '../report/sync-summary.js';
import { mapiChoice, withSession } from '../sync/session.js';
import { selectStores } from '../sync/store-selection.js';

/** How many stores are synchronized at once where `--concurrency` does not say. */
export const DEFAULT_CONCURRENCY = 4;

const WHAT = 'What';
const HOW_LONG = 'How long';

const OPTIONS = {
  profile: PROFILE,
  mapi: MAPI,
  entryIds: ENTRY_IDS,
  all: flag({
    name: 'all',
    group: 'Which',
    help: 'all stores of the profile; those that cannot synchronize are skipped',
  }),
  concurrency: integer(
    { name: 'concurrency', group: 'Which', help: `how many stores at once; ${DEFAULT_CONCURRENCY} where left out` },
    { least: 1, most: 9999 },
  ),
  direction: choice({ name: 'direction', group: WHAT, help: 'both (where left out), upload or download' }, 'D', [
    'both',
    'upload',
    'download',
  ]),
  scope: choice({ name: 'scope', group: WHAT, help: 'all (where left out), hierarchy or contents' }, 'S', [
    'all',
    'hierarchy',
    'contents',
  ]),
  headersOnly: flag({ name: 'headers-only', group: WHAT, help: 'brings the headers of messages alone' }),
  background: flag({
    name: 'background',
    group: WHAT,
    help: 'says that nobody waits for it (leaves SYNC_ON_DEMAND out)',
  }),
  outgoing: flag({ name: 'outgoing', group: WHAT, help: 'sends outgoing messages too (SYNC_OUTGOING_MAIL)' }),
  flags: integer(
    { name: 'flags', group: WHAT, help: 'the exact ulFlags, such as 0x3; excludes the five options above' },
    { least: 0, most: 0xffff_ffff },
  ),
  engine: choice({ name: 'engine', group: WHAT, help: 'imapisync, which is the only one' }, 'E', ['imapisync']),
  timeoutMs: duration(
    { name: 'timeout', group: HOW_LONG, help: "cancels a store's sync that takes longer (ms, s, m, h)" },
    '5m',
  ),
  stallMs: duration(
    { name: 'stall', group: HOW_LONG, help: 'cancels it when its provider has said nothing for so long' },
    '60s',
  ),
  logonTimeoutMs: LOGON_TIMEOUT,
  json: JSON_LINES,
};

type Given = Arguments<typeof OPTIONS>;

export const sync = defineCommand({
  name: 'sync',
  summary: 'synchronizes the default store, the stores named, or all',
  description: ['Synchronizes the default store, or the stores with the display names given.'],
  operands: 'store...',
  options: OPTIONS,
  notes: ['Ctrl-C asks the providers to stop; a second one leaves at once.', EXIT_CODES],
  readerLeft: ExitCode.cancelled,
  check(given) {
    checkStores(given);
    checkFlags(given);
  },
  async run({ options, operands }, context) {
    const { signal } = context.interruption;
    const library = await context.host.library();
    const mapi = await mapiChoice(options.mapi, context.host);
    return await withSession({ ...options, library, mapi, signal }, async (session, limit) => {
      const { entryIds, all } = options;
      const stores = await selectStores(library, session, { names: operands, entryIds, all }, limit);
      const { synchronize } = await import('../sync/synchronize.js');
      const plan = {
        stores,
        options: syncOptions(options),
        skipIncapable: all,
        concurrency: options.concurrency ?? DEFAULT_CONCURRENCY,
        limit,
      };
      return exitCodeOf(await synchronize(session, plan, context, options.json), signal.aborted);
    });
  },
});

function checkStores({ operands: names, options: { all, entryIds } }: Given): void {
  const named = names[0] ?? entryIds[0];
  if (all && named !== undefined) throw new UsageError(`--all takes every store; leave out '${named}', or --all`);
  for (const [at, name] of names.entries()) {
    if (name === '') throw new UsageError("a store's name is empty");
    if (names.indexOf(name) !== at) throw new UsageError(`the store '${name}' came twice`);
  }
}

function checkFlags({ options }: Given): void {
  if (options.flags === undefined) return;
  const excluded = ['direction', 'scope', 'headersOnly', 'background', 'outgoing'] as const;
  const other = excluded.find((key) => options[key] !== undefined && options[key] !== false);
  if (other !== undefined)
    throw new UsageError(`--flags says everything; leave out --${OPTIONS[other].name}, or --flags`);
}

/** Only what was asked for, so that the library's own defaults hold. */
function syncOptions(options: Given['options']): Omit<SyncOptions, 'signal'> {
  const { direction, scope, flags, engine, timeoutMs, stallMs } = options;
  return {
    ...(direction === undefined ? {} : { direction }),
    ...(scope === undefined ? {} : { scope }),
    ...(options.headersOnly ? { headersOnly: true } : {}),
    ...(options.background ? { background: true } : {}),
    ...(options.outgoing ? { outgoing: true } : {}),
    ...(flags === undefined ? {} : { flags }),
    ...(engine === undefined ? {} : { engine }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(stallMs === undefined ? {} : { stallMs }),
  };
}
