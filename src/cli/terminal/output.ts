import type { Environment } from '../host.js';

/** A stream as the command writes to it: `process.stdout`, or what a test puts in its place. */
export interface OutputStream {
  /** Calls `done` when the text has been handed on, or with the error if it could not be. */
  write(text: string, done?: (error?: Error | null) => void): boolean;
  on(event: 'drain' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/**
 * What Windows and Node call it when the reader of a pipe has left: a broken pipe, its end, or a stream that Node has closed
 * because of one of them.
 */
const READER_LEFT_CODES: readonly unknown[] = ['EPIPE', 'EOF', 'ERR_STREAM_DESTROYED'];

export interface OutputFailure {
  readonly error: Error;
  /** Whether the reader has left, as in `mapisync sync --json | head`. Otherwise the text could not be written. */
  readonly readerLeft: boolean;
}

/** Standard output or standard error. After a failure, nothing more is written. */
export class Output {
  readonly stream: OutputStream;
  readonly env: Environment;
  readonly #onFailure: () => void;
  #failure: OutputFailure | null = null;
  /** Pending while the stream takes no more; all writers share it. */
  #room: PromiseWithResolve | null = null;

  /** Calls `onFailure` at the first failure alone: each further write would fail as well. */
  constructor(stream: OutputStream, env: Environment, onFailure: () => void = () => {}) {
    this.stream = stream;
    this.env = env;
    this.#onFailure = onFailure;
    stream.on('error', (error) => this.#fail(error));
    stream.on('drain', () => this.#makeRoom());
    stream.on('close', () => this.#makeRoom());
  }

  get failure(): OutputFailure | null {
    return this.#failure;
  }

  write(text: string): void {
    if (this.#failure !== null) return;
    try {
      if (!this.stream.write(text)) this.#room ??= promiseWithResolve();
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  /** Writes lines; they come without line feeds. */
  writeLines(lines: readonly string[]): void {
    if (lines.length > 0) this.write(`${lines.join('\n')}\n`);
  }

  /** Resolves when the stream takes more: a slow reader slows the writers down, and memory stays bounded. */
  async room(): Promise<void> {
    await this.#room?.promise;
  }

  /** Resolves when all that was written has been handed on, or could not be. */
  async flush(): Promise<void> {
    if (this.#failure !== null) return;
    const { promise, resolve } = promiseWithResolve();
    const done = (error?: Error | null): void => {
      if (error) this.#fail(error);
      resolve();
    };
    try {
      this.stream.write('', done);
    } catch (error) {
      done(error as Error);
    }
    await promise;
  }

  #fail(error: Error): void {
    if (this.#failure === null) {
      const code = 'code' in error ? error.code : null;
      this.#failure = { error, readerLeft: READER_LEFT_CODES.includes(code) };
      this.#onFailure();
    }
    this.#makeRoom();
  }

  #makeRoom(): void {
    this.#room?.resolve();
    this.#room = null;
  }
}

interface PromiseWithResolve {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

function promiseWithResolve(): PromiseWithResolve {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((given) => {
    resolve = given;
  });
  return { promise, resolve };
}
