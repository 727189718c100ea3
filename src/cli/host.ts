import type { Library, TestingKit } from './library.js';
import type { Environment, OutputStream } from './terminal.js';

/** Everything outside the command: `main.ts` gives it the process, a test something of its own. */
export interface Host {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Environment;
  /** Loaded when a command needs them, so that `--help` and mistyped options answer at once. */
  library(): Promise<Library>;
  testingKit(): Promise<TestingKit>;
  /** This package's version. */
  version(): string;
  /** Calls `listener` whenever the user asks the command to stop, until the function that it answers is called. */
  onInterrupt(listener: () => void): () => void;
  /** Ends the process here and now. */
  leave(exitCode: number): void;
}
