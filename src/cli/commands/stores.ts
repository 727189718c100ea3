import { defineCommand } from '../command-line/command.js';
import { flag, JSON_LINES, LOGON_TIMEOUT, MAPI, PROFILE } from '../command-line/options.js';
import { ExitCode } from '../exit-code.js';
import type { Session, StoreInfo } from '../library.js';
import { describeError, errorJson, isMapiError } from '../report/error-report.js';
import { writeJsonLine } from '../report/json-lines.js';
import type { LogonLimit } from '../sync/logon-limit.js';
import { mapiChoice, withSession } from '../sync/session.js';
import { spelledName } from '../sync/store-names.js';
import { forEachAtOnce } from '../sync/store-queue.js';
import { type Terminal, terminalOf } from '../terminal/terminal.js';
import { shownMessage, shownName } from '../terminal/text.js';
import { textTable } from '../terminal/text-table.js';

/** So many stores are opened at once by `--check`. */
const CHECKED_AT_ONCE = 4;

export const stores = defineCommand({
  name: 'stores',
  summary: 'lists the stores of a profile',
  description: [
    'Lists the message stores of a profile, by names that can be pasted into mapisync sync. What cannot be seen in a ' +
      'name is written as \\u{...}. The entry ids of stores with equal or very long names are shown always.',
  ],
  operands: null,
  options: {
    profile: PROFILE,
    mapi: MAPI,
    ids: flag({ name: 'ids', group: 'How it is shown', help: 'the entry id of every store, for sync --id' }),
    check: flag({
      name: 'check',
      group: 'How it is shown',
      help: 'opens every store, and shows whether it has IMAPISync',
    }),
    json: JSON_LINES,
    logonTimeoutMs: LOGON_TIMEOUT,
  },
  readerLeft: ExitCode.succeeded,
  async run({ options }, { host, output, interruption: { signal } }) {
    const library = await host.library();
    const mapi = await mapiChoice(options.mapi, host);
    return await withSession({ ...options, library, mapi, signal }, async (session, limit) => {
      const list = await limit.shared('IMAPISession::GetMsgStoresTable', (stage) => session.stores({ signal: stage }));
      const checks = options.check
        ? await forEachAtOnce(list, CHECKED_AT_ONCE, (store) => checkStore(session, store, limit, signal))
        : null;
      if (options.json) {
        for (const [at, store] of list.entries()) {
          const check = checks?.[at];
          const checked = check === undefined ? {} : { canSynchronize: check.canSynchronize };
          await writeJsonLine(output, { type: 'store', ...store, ...checked });
          if (check === undefined || check.error === null) continue;
          const of = { store: store.displayName, storeId: store.entryId };
          await writeJsonLine(output, { type: 'error', error: errorJson(check.error), ...of });
        }
      } else if (list.length === 0) {
        output.write('This profile has no stores.\n');
      } else {
        output.writeLines(storeLines(list, checks, options.ids, terminalOf(host.stdout, host.env)));
      }
      return checks?.some(({ error }) => error !== null) ? ExitCode.failed : ExitCode.succeeded;
    });
  },
});

interface Check {
  /** null where the store could not be opened. */
  readonly canSynchronize: boolean | null;
  readonly error: unknown;
}

async function checkStore(session: Session, store: StoreInfo, limit: LogonLimit, signal: AbortSignal): Promise<Check> {
  try {
    const opened = await limit.each('IMAPISession::OpenMsgStore', (stage) =>
      session.openStore({ entryId: store.entryId }, { signal: stage }),
    );
    await opened.close();
    return { canSynchronize: opened.canSynchronize, error: null };
  } catch (error) {
    if (signal.aborted) throw error;
    return { canSynchronize: null, error };
  }
}

function storeLines(
  stores: readonly StoreInfo[],
  checks: readonly Check[] | null,
  ids: boolean,
  terminal: Terminal,
): string[] {
  const rows = stores.map((store, at) => [
    shownName(spelledName(store.displayName)),
    store.isDefault ? 'yes' : '',
    ...(checks === null ? [] : [checkText(checks[at] as Check)]),
    shownName(store.providerName ?? ''),
  ]);
  const [head = '', ...lines] = textTable(
    [
      { title: 'Store', align: 'left', shrinks: true },
      { title: 'Default', align: 'left' },
      ...(checks === null ? [] : [{ title: 'IMAPISync', align: 'left' } as const]),
      { title: 'Provider', align: 'left' },
    ],
    rows,
    terminal.lineWidth(),
  );
  const counts = new Map<string, number>();
  for (const { displayName } of stores) counts.set(displayName, (counts.get(displayName) ?? 0) + 1);
  return [
    terminal.style('bold', head),
    ...stores.flatMap(({ displayName, entryId }, at) => {
      const line = lines[at] as string;
      // A name that is cut, or is another store's as well, cannot be pasted.
      const pasted = displayName !== '' && counts.get(displayName) === 1 && line.startsWith(spelledName(displayName));
      return ids || !pasted ? [line, `  --id ${entryId}`] : [line];
    }),
  ];
}

function checkText({ canSynchronize, error }: Check): string {
  if (canSynchronize !== null) return canSynchronize ? 'yes' : 'no';
  return shownMessage(isMapiError(error) ? error.code : (describeError(error)[0] ?? ''));
}
