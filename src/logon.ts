/** Logging on to MAPI, and the profiles that one can log on with. */
import {
  readBoolean,
  readDllPath,
  readMilliseconds,
  readObject,
  readOptions,
  readSignal,
  readText,
  shown,
} from './arguments.js';
import { availableBinding } from './availability.js';
import { CallSite } from './errors.js';
import { answerOf } from './native-request.js';
import { type Session, sessionOf } from './session.js';

/**
 * Which MAPI implementation to use: the system's (the default mail program's, found through the registry), or the DLL
 * at an absolute path. See "Choose a Specific Version of MAPI to Load"
 * (learn.microsoft.com/office/client-developer/outlook/mapi/how-to-choose-a-specific-version-of-mapi-to-load).
 */
export type MapiChoice = 'system' | { readonly path: string };

export interface ProfileInfo {
  readonly name: string;
  readonly isDefault: boolean;
}

export interface ProfilesOptions {
  /** `'system'` by default. */
  readonly mapi?: MapiChoice | undefined;
  /** Gives the request up; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface LogonOptions {
  /** The profile's name. Omitted: the default profile. */
  readonly profile?: string | undefined;
  /** `'system'` by default. */
  readonly mapi?: MapiChoice | undefined;
  /** May MAPI show dialogs? False by default. */
  readonly ui?: boolean | undefined;
  /** Join a session that someone shares, whatever its profile; excludes `profile`. False by default. */
  readonly join?: boolean | undefined;
  /** Start mail transports; needed by the `'transport'` engine. False by default. */
  readonly transports?: boolean | undefined;
  /** The process is a Windows service (MAPI_NT_SERVICE). False by default. */
  readonly service?: boolean | undefined;
  /** How long `close()` waits for providers to let go, in milliseconds, 1 to 2147483647. 5000 by default. */
  readonly closeGraceMs?: number | undefined;
  /** Gives the log-on up; the promise rejects with the signal's reason. A session that comes later is closed. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Logs on to MAPI, on a thread of its own: JavaScript's never waits for it. A session of its own, unless `join` is given.
 *
 * Rejects with a MapiUnavailableError where there is no MAPI, with a MapiError where it refuses (`MAPI_E_LOGON_FAILED`,
 * `MAPI_E_NOT_FOUND`, ...), with the signal's reason, and with a TypeError or RangeError for wrong options.
 *
 * See "MAPILogonEx" (learn.microsoft.com/office/client-developer/outlook/mapi/mapilogonex).
 */
export async function logon(options?: LogonOptions): Promise<Session> {
  const given = readOptions<Required<LogonOptions>>(options, 'options', LOGON_OPTIONS);
  const site = new CallSite(logon, given.profile === undefined ? undefined : `profile ${shown(given.profile)}`);
  if (given.join === true && given.profile !== undefined) {
    throw new TypeError(
      `options.join excludes options.profile, which MAPI would ignore; got profile ${shown(given.profile)}`,
    );
  }
  const request = {
    mapi: pathOf(given.mapi),
    profile: given.profile ?? null,
    ui: given.ui ?? false,
    join: given.join ?? false,
    transports: given.transports ?? false,
    service: given.service ?? false,
  };
  const session = await answerOf(() => availableBinding(site).logOn(request), given.signal, site);
  return sessionOf(session, given.closeGraceMs ?? DEFAULT_CLOSE_GRACE_MS);
}

/**
 * The profiles of the current user. Needs no log-on.
 *
 * Rejects as `logon` does. See "MAPIAdminProfiles"
 * (learn.microsoft.com/office/client-developer/outlook/mapi/mapiadminprofiles) and "Profile Tables".
 */
export async function profiles(options?: ProfilesOptions): Promise<ProfileInfo[]> {
  const site = new CallSite(profiles);
  const given = readOptions<Required<ProfilesOptions>>(options, 'options', PROFILES_OPTIONS);
  return answerOf(() => availableBinding(site).profiles(pathOf(given.mapi)), given.signal, site);
}

const DEFAULT_CLOSE_GRACE_MS = 5000;

const PROFILES_OPTIONS = { mapi: readMapi, signal: readSignal };

const LOGON_OPTIONS = {
  profile: readText,
  mapi: readMapi,
  ui: readBoolean,
  join: readBoolean,
  transports: readBoolean,
  service: readBoolean,
  closeGraceMs: readMilliseconds,
  signal: readSignal,
};

function readMapi(value: unknown, name: string): MapiChoice {
  if (value === 'system') return value;
  if (typeof value !== 'object') throw new TypeError(`${name} must be 'system' or { path }; got ${shown(value)}`);
  // Not by readOptions: a choice may carry more than its path, as sampleMapi may.
  return { path: readDllPath(readObject(value, name).path, `${name}.path`) };
}

function pathOf(choice: MapiChoice | undefined): string | null {
  return choice === undefined || choice === 'system' ? null : choice.path;
}
