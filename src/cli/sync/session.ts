import type { MapiOption } from '../command-line/options.js';
import type { Host } from '../host.js';
import type { Library, MapiChoice, Session } from '../library.js';
import { LogonLimit } from './logon-limit.js';

/** `--mapi` as `logon` and `profiles` take it. */
export async function mapiChoice(option: MapiOption, host: Host): Promise<MapiChoice> {
  return option === 'sample' ? (await host.testingKit()).sampleMapi : option;
}

export interface LogonRequest {
  readonly library: Library;
  readonly mapi: MapiChoice;
  /** null: the default profile. */
  readonly profile: string | null;
  readonly logonTimeoutMs: number;
  readonly signal: AbortSignal;
}

/** Logs on, lets `use` work with the session, and closes it. */
export async function withSession<T>(
  { library, mapi, profile, logonTimeoutMs, signal }: LogonRequest,
  use: (session: Session, limit: LogonLimit) => Promise<T>,
): Promise<T> {
  const limit = new LogonLimit(library, logonTimeoutMs, signal);
  const session = await limit.shared('MAPILogonEx', (stageSignal) =>
    library.logon({ mapi, signal: stageSignal, ...(profile === null ? {} : { profile }) }),
  );
  try {
    return await use(session, limit);
  } finally {
    await session.close();
  }
}
