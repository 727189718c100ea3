/** `mapisync`: synchronises MAPI message stores through IMAPISync. */

export { MapiError, type MapiErrorInit, MapiUnavailableError, SyncError, SyncTimeoutError } from './errors.js';
export {
  type LogonOptions,
  logon,
  type MapiChoice,
  type ProfileInfo,
  type ProfilesOptions,
  profiles,
} from './logon.js';
export { isSupported } from './native/addon.js';
export type {
  EndEvent,
  Outcome,
  ProblemEvent,
  ProgressEvent,
  StartEvent,
  SyncEngine,
  SyncEvent,
  SyncResult,
} from './run/events.js';
export type { SyncDirection, SyncOptions, SyncScope } from './run/options.js';
export type { SyncRun } from './run/sync-run.js';
export type { MapiInfo, RequestOptions, Session, StoreSelector } from './session.js';
export type { Store, StoreInfo } from './store.js';
