import type { Library } from '../library.js';

const MAPI_E_TIMEOUT = 0x8004_0401;

/**
 * The limit of `--logon-timeout`. For each store, log-on, listing and opening together may take as long: the stages that all stores
 * share use up their time for all, and each store has what is left of it for its opening.
 */
export class LogonLimit {
  readonly #MapiError: Library['MapiError'];
  readonly #interrupted: AbortSignal;
  readonly #limitMs: number;
  #leftMs: number;

  constructor({ MapiError }: Pick<Library, 'MapiError'>, limitMs: number, interrupted: AbortSignal) {
    this.#MapiError = MapiError;
    this.#interrupted = interrupted;
    this.#limitMs = limitMs;
    this.#leftMs = limitMs;
  }

  /** Runs a stage that all stores share. */
  async shared<T>(operation: string, stage: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const begun = performance.now();
    try {
      return await this.each(operation, stage);
    } finally {
      this.#leftMs -= performance.now() - begun;
    }
  }

  /** Runs a stage of one store. It rejects with the limit's error, or as the interruption says. */
  async each<T>(operation: string, stage: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const limit = new AbortController();
    const passed = (): void => {
      const message = `${operation}: MAPI_LOGON_TIMEOUT: log-on, listing and opening took longer than ${this.#limitMs} ms`;
      const hint =
        'A dialog of MAPI, another program that logs on, or a server may be the cause; --logon-timeout waits longer.';
      limit.abort(
        new this.#MapiError({ operation, code: 'MAPI_LOGON_TIMEOUT', hresult: MAPI_E_TIMEOUT, message, hint }),
      );
    };
    const timer = setTimeout(passed, Math.max(0, this.#leftMs));
    try {
      return await stage(AbortSignal.any([this.#interrupted, limit.signal]));
    } finally {
      clearTimeout(timer);
    }
  }
}
