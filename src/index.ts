/** `mapisync`: synchronises MAPI message stores through IMAPISync. */
export { isSupported } from './availability.js';
export { MapiError, type MapiErrorInit, MapiUnavailableError, SyncError, SyncTimeoutError } from './errors.js';
export {
  type LogonOptions,
  logon,
  type MapiChoice,
  type ProfileInfo,
  type ProfilesOptions,
  profiles,
} from './logon.js';
export type { MapiInfo, RequestOptions, Session, StoreSelector } from './session.js';
export type { Store, StoreInfo } from './store.js';
export type {
  EndEvent,
  Outcome,
  ProblemEvent,
  ProgressEvent,
  StartEvent,
  SyncEngine,
  SyncEvent,
  SyncResult,
} from './sync-events.js';
export type { SyncDirection, SyncScope } from './sync-flags.js';
export type { SyncOptions } from './sync-options.js';
export type { SyncRun } from './sync-run.js';
