/** The native addon: whether there is one for this process, and loading it. Nothing else in src/ touches it. */
import { type CallSite, MapiUnavailableError } from '../errors.js';
import { binaryPath } from '../prebuilds.js';
import type { Binding } from './binding.js';

let loaded: Binding | undefined;

/**
 * Is this Windows, with a binary for this process? It says nothing about whether a MAPI implementation is installed.
 *
 * Looks for one file at each call and never calls MAPI. May be called on any thread.
 */
export function isSupported(): boolean {
  return process.platform === 'win32' && process.getBuiltinModule('node:fs').existsSync(addonPath());
}

/** The addon, loaded at its first use. Throws a MapiUnavailableError that says why there is none. */
export function addon(site: CallSite): Binding {
  if (process.platform !== 'win32') {
    throw unavailable('MAPI_NOT_WINDOWS', MAPI_E_NO_SUPPORT, `this is ${process.platform}`, undefined, site);
  }
  if (!isSupported()) {
    throw unavailable('MAPI_NO_BINARY', ERROR_MOD_NOT_FOUND, `this is win32-${process.arch}`, undefined, site);
  }
  try {
    loaded ??= load();
    return loaded;
  } catch (failure) {
    const detail = failure instanceof Error ? failure.message : String(failure);
    throw unavailable('MAPI_NO_BINARY', ERROR_MOD_NOT_FOUND, detail, failure, site);
  }
}

const MAPI_E_NO_SUPPORT = 0x80040102;
const ERROR_MOD_NOT_FOUND = 0x8007007e;

function addonPath(): string {
  return binaryPath(process.arch, 'mapisync.node');
}

function load(): Binding {
  const module: { exports: unknown } = { exports: {} };
  const file = addonPath();
  process.dlopen(module, file);
  const binding = module.exports as Binding;
  if (endsWithItsProcess()) {
    binding.setEndsProcess(true);
    leaveAtExit(binding, file);
  }
  return binding;
}

/** Does the process end when this environment does? A worker ends before its process, and a window of Electron reloads. */
function endsWithItsProcess(): boolean {
  const { isMainThread } = process.getBuiltinModule('node:worker_threads');
  const electronType = (process as { type?: string }).type;
  return isMainThread && electronType !== 'renderer' && electronType !== 'worker';
}

/** How long the end of the process may wait for each session. */
const EXIT_LIMIT_MS = 3000;

/**
 * Node runs no cleanup hook of an addon after `process.exit()` or an uncaught exception, but it emits 'exit' then. One
 * listener for each process and addon is enough, however often this module is evaluated: test runners do so. It comes
 * first, because a listener that throws keeps later ones from being called.
 */
function leaveAtExit(binding: Binding, file: string): void {
  const key = Symbol.for(`mapisync leaves at exit: ${file}`);
  if (Object.hasOwn(process, key)) return;
  Object.defineProperty(process, key, { value: true });
  process.prependListener('exit', () => binding.leaveAll(EXIT_LIMIT_MS));
}

function unavailable(code: string, hresult: number, detail: string, cause: unknown, site: CallSite): Error {
  return site.sign(new MapiUnavailableError({ operation: 'MAPIInitialize', code, hresult, detail, cause }));
}
