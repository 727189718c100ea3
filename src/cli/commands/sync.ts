import type { Session, StoreInfo } from '../../index.js';
import type { SyncArguments } from '../command-line.js';
import type { Host } from '../host.js';
import type { Interruption } from '../interruption.js';
import { exitCodeOf } from '../sync-summary.js';
import { mapiChoice } from './mapi-choice.js';
import { synchronise } from './synchronise.js';

export async function sync(line: SyncArguments, host: Host, interruption: Interruption): Promise<number> {
  const { signal } = interruption;
  const { logon } = await host.library();
  const mapi = await mapiChoice(line.mapi, host);
  const session = await logon({ mapi, signal, ...(line.profile === null ? {} : { profile: line.profile }) });
  try {
    const stores = await selectStores(session, line, signal);
    const plan = { stores, options: line.sync, skipIncapable: line.all, concurrency: line.concurrency };
    const reports = await synchronise(session, plan, { host, interruption, json: line.json });
    return exitCodeOf(reports, signal.aborted);
  } finally {
    await session.close();
  }
}

/** Every name is looked up before the first synchronisation: a mistyped one changes nothing. */
async function selectStores(
  session: Session,
  { stores: names, all }: Pick<SyncArguments, 'stores' | 'all'>,
  signal: AbortSignal,
): Promise<readonly StoreInfo[]> {
  const stores = await session.stores({ signal });
  if (all) return stores;
  if (names.length === 0) {
    const standard = stores.find((store) => store.isDefault);
    return [standard ?? (await infoOf(session, undefined, signal))];
  }
  const selected: StoreInfo[] = [];
  for (const name of names) {
    const [match, ...others] = stores.filter((store) => store.displayName === name);
    selected.push(match && others.length === 0 ? match : await infoOf(session, { displayName: name }, signal));
  }
  return selected;
}

/** The library's own look-up, where there is no plain answer: it finds the store, or its error says why there is none. */
async function infoOf(
  session: Session,
  selector: { displayName: string } | undefined,
  signal: AbortSignal,
): Promise<StoreInfo> {
  const store = await session.openStore(selector, { signal });
  try {
    return store.info;
  } finally {
    await store.close();
  }
}
