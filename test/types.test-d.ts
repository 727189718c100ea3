/** What the public declarations promise, held by the type checker alone: nothing here runs. */
import type { IMAPISync, IMAPISyncProgressCallback } from '../src/com.js';
import { type IID_IMAPISync, queryInterface } from '../src/com.js';
import {
  type EndEvent,
  type isSupported,
  logon,
  MapiError,
  type MapiUnavailableError,
  type Outcome,
  type ProblemEvent,
  type ProgressEvent,
  profiles,
  type Session,
  type Store,
  type StoreInfo,
  type SyncError,
  type SyncEvent,
  type SyncResult,
  type SyncRun,
  type SyncTimeoutError,
} from '../src/index.js';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function holds<T extends true>(): T;
declare function is<T>(value: T): void;

declare const session: Session;
declare const store: Store;
declare const run: SyncRun;

holds<Equal<ReturnType<typeof isSupported>, boolean>>();
is<Promise<Session>>(logon());
is<Promise<Session>>(
  logon({
    profile: 'x',
    mapi: { path: 'C:\\x.dll' },
    ui: true,
    join: false,
    transports: true,
    service: false,
    closeGraceMs: 1,
    signal: new AbortController().signal,
  }),
);
is<Promise<{ name: string; isDefault: boolean }[]>>(profiles({ mapi: 'system' }));
// @ts-expect-error: a misspelt option
logon({ profil: 'x' });

is<string | null>(session.profile);
is<{ path: string; version: string | null; bits: 32 | 64; foundBy: string }>(session.mapi);
is<Promise<StoreInfo[]>>(session.stores({ signal: new AbortController().signal }));
is<Promise<Store>>(session.openStore());
session.openStore({ entryId: 'AB' });
session.openStore({ displayName: 'x' }, {});
// @ts-expect-error: one of the two
session.openStore({ entryId: 'AB', displayName: 'x' });
is<Promise<void>>(session.close());
is<AsyncDisposable>(session);
is<AsyncDisposable>(store);
is<AsyncDisposable>(run);

is<SyncRun>(store.synchronize());
store.synchronize({ direction: 'upload', scope: 'contents', headersOnly: true, background: true, outgoing: true });
store.synchronize({ flags: 1, engine: 'auto', delivery: 'every', timeoutMs: 1, stallMs: 1, holdMs: 1 });

is<Promise<SyncResult>>(run);
is<AsyncIterable<SyncEvent>>(run);
holds<Equal<SyncRun['state'], 'starting' | 'running' | 'ended'>>();
holds<Equal<SyncRun['latest'], ProgressEvent | null>>();
holds<Equal<SyncRun['result'], SyncResult | null>>();
holds<Equal<Outcome, 'succeeded' | 'failed' | 'cancelled' | 'timed-out'>>();
run
  .on('progress', (event) => is<number | null>(event.fraction))
  .once('problem', (event) => is<'warning' | 'error'>(event.severity))
  .on('end', (event) => is<EndEvent>(event))
  .off('start', (event) => is<number>(event.flags))
  .ref()
  .unref()
  .cancel('reason');
declare const anyType: SyncEvent['type'];
run.on(anyType, (event) => is<number>(event.at));
// @ts-expect-error: there is no such event
run.on('finish', () => {});

async function events(): Promise<void> {
  for await (const event of run) {
    holds<Equal<typeof event, SyncEvent>>();
    if (event.type === 'problem') is<ProblemEvent>(event);
  }
  holds<Equal<Awaited<typeof run>, SyncResult>>();
}
void events;

declare const timeout: SyncTimeoutError;
is<SyncError>(timeout);
is<SyncResult>(timeout.result);
is<MapiError>(timeout);
declare const unavailable: MapiUnavailableError;
is<{ code: string; hresult: number; operation: string; detail: string | null; hint: string | null }>(unavailable);
is<object>(unavailable.toJSON());
is<Error>(new MapiError({ operation: 'x', hresult: 1 }));

declare const iid: typeof IID_IMAPISync;
is<IMAPISync>(queryInterface(store, iid));
declare const callback: IMAPISyncProgressCallback;
is<Promise<number>>(queryInterface(store, iid).SynchronizeInBackground({ flags: 1, callback, delivery: 'latest' }));
