/** Logging on to MAPI, and the profiles that one can log on with. */
import {
  readAbsolutePath,
  readBoolean,
  readMilliseconds,
  readObject,
  readOptions,
  readSignal,
  readText,
  shown,
} from './arguments.js';
import { CallSite } from './errors.js';
import { addon } from './native/addon.js';
import { answerOf } from './native/request.js';
import { type Session, sessionOf } from './session.js';

/**
 * Which MAPI implementation to use: the system's (that of the default mail program, found through the registry), or the DLL
 * at an absolute path.
 *
 * See https://learn.microsoft.com/office/client-developer/outlook/mapi/how-to-choose-a-specific-version-of-mapi-to-load
 */
export type MapiChoice = 'system' | { readonly path: string };

export interface ProfileInfo {
  readonly name: string;
  readonly isDefault: boolean;
}

export interface ProfilesOptions {
  /**
   * Which MAPI implementation is asked.
   * @default 'system'
   */
  readonly mapi?: MapiChoice | undefined;
  /** An abort gives the request up; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface LogonOptions {
  /**
   * The profile's name.
   * @default the default profile
   */
  readonly profile?: string | undefined;
  /**
   * Which MAPI implementation to log on to.
   * @default 'system'
   */
  readonly mapi?: MapiChoice | undefined;
  /**
   * May MAPI show dialogs?
   * @default false
   */
  readonly ui?: boolean | undefined;
  /**
   * Join a session that another program shares, whatever its profile; excludes `profile`.
   * @default false
   */
  readonly join?: boolean | undefined;
  /**
   * Start the mail transports, which the `'transport'` engine needs.
   * @default false
   */
  readonly transports?: boolean | undefined;
  /**
   * The process is a Windows service (MAPI_NT_SERVICE).
   * @default false
   */
  readonly service?: boolean | undefined;
  /**
   * How long `close()` waits for providers to let go, in milliseconds, 1 to 2147483647.
   * @default 5000
   */
  readonly closeGraceMs?: number | undefined;
  /** An abort gives the log-on up; the promise rejects with the signal's reason. A session that comes later is closed. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Logs on to MAPI. The session is one of its own, unless `join` is given. The log-on runs on a thread of its own:
 * JavaScript's thread never waits for it.
 *
 * @throws {MapiUnavailableError} where there is no MAPI to log on to
 * @throws {MapiError} where MAPI refuses: `MAPI_E_LOGON_FAILED`, `MAPI_E_NOT_FOUND`, ...
 * @throws {TypeError | RangeError} for wrong options
 *
 * See https://learn.microsoft.com/office/client-developer/outlook/mapi/mapilogonex
 */
export async function logon(options?: LogonOptions): Promise<Session> {
  const given = readOptions<Required<LogonOptions>>(options, 'options', LOGON_OPTIONS);
  const site = new CallSite(logon, given.profile === undefined ? undefined : `profile ${shown(given.profile)}`);
  if (given.join === true && given.profile !== undefined) {
    throw new TypeError(
      `options.profile must be left out where options.join is true, because MAPI ignores it then; got ${shown(given.profile)}`,
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
  const session = await answerOf(() => addon(site).logOn(request), given.signal, site);
  return sessionOf(session, given.closeGraceMs ?? DEFAULT_CLOSE_GRACE_MS);
}

/**
 * The profiles of the current user. Needs no log-on.
 *
 * @throws as `logon` does
 *
 * See https://learn.microsoft.com/office/client-developer/outlook/mapi/mapiadminprofiles
 */
export async function profiles(options?: ProfilesOptions): Promise<ProfileInfo[]> {
  const site = new CallSite(profiles);
  const given = readOptions<Required<ProfilesOptions>>(options, 'options', PROFILES_OPTIONS);
  return answerOf(() => addon(site).profiles(pathOf(given.mapi)), given.signal, site);
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
  // A choice may have more members than its path, so it is not read as options are.
  return { path: readAbsolutePath(readObject(value, name).path, `${name}.path`) };
}

function pathOf(choice: MapiChoice | undefined): string | null {
  return choice === undefined || choice === 'system' ? null : choice.path;
}
