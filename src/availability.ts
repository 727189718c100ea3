/** Can this process use MAPI at all? */
import { type Binding, binding, hasBinary } from './binding.js';
import { type CallSite, MapiUnavailableError } from './errors.js';

/**
 * Is this Windows, with a binary for this process? Says nothing about whether a MAPI implementation is installed.
 * Touches the file system once a call and never MAPI; any thread.
 */
export function isSupported(): boolean {
  return hasBinary();
}

/** The addon, or an error that says why there is none. Loads it at the first use. */
export function availableBinding(site: CallSite): Binding {
  if (process.platform !== 'win32') {
    throw unavailable('MAPI_NOT_WINDOWS', MAPI_E_NO_SUPPORT, `this is ${process.platform}`, undefined, site);
  }
  if (!hasBinary()) {
    throw unavailable('MAPI_NO_BINARY', ERROR_MOD_NOT_FOUND, `this is win32-${process.arch}`, undefined, site);
  }
  try {
    return binding();
  } catch (failure) {
    const detail = failure instanceof Error ? failure.message : String(failure);
    throw unavailable('MAPI_NO_BINARY', ERROR_MOD_NOT_FOUND, detail, failure, site);
  }
}

const MAPI_E_NO_SUPPORT = 0x80040102;
const ERROR_MOD_NOT_FOUND = 0x8007007e;

function unavailable(code: string, hresult: number, detail: string, cause: unknown, site: CallSite): Error {
  return site.sign(new MapiUnavailableError({ operation: 'MAPIInitialize', code, hresult, detail, cause }));
}
