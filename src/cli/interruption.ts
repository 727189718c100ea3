import { ExitCode } from './exit-code.js';
import type { Host } from './host.js';

/** Ctrl-C: the first one asks everything to stop, a second one leaves at once. */
export class Interruption {
  readonly #abort = new AbortController();
  readonly #remove: () => void;
  #onStop: () => void = () => {};
  #onLeave: () => void = () => {};

  constructor(host: Pick<Host, 'onInterrupt' | 'leave'>) {
    this.#remove = host.onInterrupt(() => {
      if (this.#abort.signal.aborted) {
        this.#onLeave();
        host.leave(ExitCode.cancelled);
        return;
      }
      this.#abort.abort();
      this.#onStop();
    });
  }

  /** Aborted by the first Ctrl-C. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** What is to be told to the user at the first Ctrl-C, and put back in order at the second. */
  tell(onStop: () => void, onLeave: () => void): void {
    this.#onStop = onStop;
    this.#onLeave = onLeave;
  }

  /** Is this what calls reject with because of the Ctrl-C? */
  caused(error: unknown): boolean {
    return this.signal.aborted && error === this.signal.reason;
  }

  /** From now on Ctrl-C does what it does elsewhere. */
  end(): void {
    this.#remove();
  }
}
