/** What the command needs of the package: like any program, it uses the public entry points alone. */
import type * as library from '../index.js';
import type * as testing from '../testing/index.js';

export type Library = Pick<typeof library, 'isSupported' | 'logon' | 'MapiError' | 'profiles'>;
export type TestingKit = Pick<typeof testing, 'sampleMapi' | 'sampleProfile'>;
export type MapiError = library.MapiError;
export type MapiErrorJson = ReturnType<MapiError['toJSON']>;
export type {
  EndEvent,
  MapiChoice,
  Outcome,
  ProblemEvent,
  ProgressEvent,
  Session,
  Store,
  StoreInfo,
  SyncOptions,
  SyncResult,
  SyncRun,
} from '../index.js';
