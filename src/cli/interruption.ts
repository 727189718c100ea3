import { ExitCode } from './exit-code.js';
import type { Host } from './host.js';

/** The command's end before its time. The first Ctrl-C asks everything to stop, a second one leaves at once. */
export class Interruption {
  readonly #abort = new AbortController();
  readonly #remove: () => void;
  #onStop: () => void = () => {};
  #onLeave: () => void = () => {};

  constructor(host: Pick<Host, 'onInterrupt' | 'leave'>) {
    this.#remove = host.onInterrupt(() => {
      if (!this.signal.aborted) {
        this.stop();
        return;
      }
      this.#onLeave();
      host.leave(ExitCode.cancelled);
    });
  }

  /** Aborted by the first Ctrl-C, or by `stop`. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Asks everything to stop, as the first Ctrl-C does. */
  stop(): void {
    if (this.signal.aborted) return;
    this.#abort.abort();
    this.#onStop();
  }

  /** `onStop` tells the user at the first Ctrl-C; `onLeave` puts the screen back in order at the second. */
  tell(onStop: () => void, onLeave: () => void): void {
    this.#onStop = onStop;
    this.#onLeave = onLeave;
  }

  /** Whether this is what calls reject with because of the interruption. */
  caused(error: unknown): boolean {
    return this.signal.aborted && error === this.signal.reason;
  }

  /** From now on Ctrl-C does what it does elsewhere. */
  end(): void {
    this.#remove();
  }
}
