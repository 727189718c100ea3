import type { Library, TestingKit } from './library.js';
import type { OutputStream } from './terminal/output.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything outside the command: `main.ts` passes the process, a test passes something of its own. */
export interface Host {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Environment;
  /** Loaded when a command needs it, so that `--help` and mistyped options answer at once. */
  library(): Promise<Library>;
  /** Loaded when a command needs it. */
  testingKit(): Promise<TestingKit>;
  /** This package's version. */
  version(): string;
  /** Calls `listener` whenever the user asks the command to stop, until the returned function is called. */
  onInterrupt(listener: () => void): () => void;
  /** Ends the process here and now. */
  leave(exitCode: number): void;
}
