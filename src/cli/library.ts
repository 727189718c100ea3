/** What the command needs of the package: its public entry points alone, like any user. */
import type * as library from '../index.js';
import type * as testing from '../testing/index.js';

export type Library = Pick<typeof library, 'isSupported' | 'logon' | 'profiles'>;
export type TestingKit = Pick<typeof testing, 'sampleMapi' | 'sampleProfile'>;
