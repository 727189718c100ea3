import type { Library, Session, StoreInfo } from '../library.js';
import { shownName } from '../terminal/text.js';
import type { LogonLimit } from './logon-limit.js';
import { spelledName } from './store-names.js';

const MAPI_E_NOT_FOUND = 0x8004_010f;
const MAPI_E_AMBIGUOUS_RECIP = 0x8004_0700;
const OPEN = 'IMAPISession::OpenMsgStore';
/** So many names or ids stand in an error's message. */
const LISTED = 20;

export interface StoreChoice {
  /** Display names, as the stores have them or as `mapisync stores` spells them. */
  readonly names: readonly string[];
  readonly entryIds: readonly string[];
  readonly all: boolean;
}

/** Every store is looked up before the first sync, so that a mistyped name changes nothing. No store comes twice. */
export async function selectStores(
  { MapiError }: Pick<Library, 'MapiError'>,
  session: Session,
  { names, entryIds, all }: StoreChoice,
  limit: LogonLimit,
): Promise<readonly StoreInfo[]> {
  const stores = await limit.shared('IMAPISession::GetMsgStoresTable', (signal) => session.stores({ signal }));
  if (all) return stores;
  if (names.length === 0 && entryIds.length === 0) {
    return [stores.find((store) => store.isDefault) ?? (await openedInfo(session, undefined, limit))];
  }
  const chosen: StoreInfo[] = names.map((name) => {
    const found = named(name, stores);
    if (found.length === 1) return found[0] as StoreInfo;
    const [code, hresult, message] =
      found.length === 0
        ? (['MAPI_E_NOT_FOUND', MAPI_E_NOT_FOUND, notFound(name, stores)] as const)
        : (['MAPI_E_AMBIGUOUS_RECIP', MAPI_E_AMBIGUOUS_RECIP, ambiguous(name, found)] as const);
    const hint = "'mapisync stores --ids' shows names as they can be pasted, and entry ids for --id.";
    throw new MapiError({ operation: OPEN, code, hresult, message: `${OPEN}: ${code}: ${message}`, hint });
  });
  for (const entryId of entryIds) {
    const listed = stores.find((store) => store.entryId === entryId);
    chosen.push(listed ?? (await openedInfo(session, { entryId }, limit)));
  }
  return chosen.filter(({ entryId }, at) => chosen.findIndex((other) => other.entryId === entryId) === at);
}

function named(name: string, stores: readonly StoreInfo[]): StoreInfo[] {
  const exactly = stores.filter((store) => store.displayName === name);
  return exactly.length > 0 ? exactly : stores.filter((store) => spelledName(store.displayName) === name);
}

function notFound(name: string, stores: readonly StoreInfo[]): string {
  const names = stores.map(({ displayName }) => quoted(displayName));
  return `no store is called ${quoted(name)}; ${names.length === 0 ? 'there are none' : `the stores are ${listed(names)}`}`;
}

function ambiguous(name: string, found: readonly StoreInfo[]): string {
  return `${found.length} stores are called ${quoted(name)}; their entry ids are ${listed(found.map((store) => store.entryId))}`;
}

function quoted(name: string): string {
  return `'${shownName(spelledName(name))}'`;
}

function listed(texts: readonly string[]): string {
  const more = texts.length - LISTED;
  return texts.slice(0, LISTED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** The library's own look-up, where the list has no answer: it finds the store, or its error says why there is none. */
async function openedInfo(
  session: Session,
  selector: { entryId: string } | undefined,
  limit: LogonLimit,
): Promise<StoreInfo> {
  const store = await limit.each(OPEN, (signal) => session.openStore(selector, { signal }));
  try {
    return store.info;
  } finally {
    await store.close();
  }
}
