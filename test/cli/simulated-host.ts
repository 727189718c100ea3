import { EventEmitter } from 'node:events';
import type { Host } from '../../src/cli/host.js';
import type { Library, TestingKit } from '../../src/cli/library.js';
import type { OutputStream } from '../../src/cli/terminal/output.js';

/** A stream that keeps what was written, write by write. */
export class RecordingStream extends EventEmitter implements OutputStream {
  readonly writes: string[] = [];
  isTTY?: boolean;
  columns?: number;
  rows?: number;
  /** Answers false, and drains later? */
  slow = false;
  /** What every write fails with. */
  broken: Error | null = null;

  write(text: string, done?: (error?: Error | null) => void): boolean {
    const { broken } = this;
    if (broken !== null) {
      setImmediate(() => {
        done?.(broken);
        this.emit('error', broken);
      });
      return false;
    }
    if (text !== '') this.writes.push(text);
    if (done) setImmediate(done);
    if (this.slow) setImmediate(() => this.emit('drain'));
    return !this.slow;
  }

  get text(): string {
    return this.writes.join('');
  }

  /** Each line's object. Throws where a line is none. */
  get objects(): Record<string, unknown>[] {
    return this.text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  }
}

export interface SimulatedHost extends Host {
  readonly stdout: RecordingStream;
  readonly stderr: RecordingStream;
  /** Presses Ctrl-C. */
  interrupt(): void;
  /** Is anybody listening for it? */
  readonly listening: () => boolean;
  /** The exit codes with which the process was left at once. */
  readonly left: number[];
}

export function simulatedHost(
  library: Library,
  { env = {}, testingKit }: { readonly env?: Record<string, string>; readonly testingKit?: TestingKit } = {},
): SimulatedHost {
  let listener: (() => void) | null = null;
  const left: number[] = [];
  return {
    stdout: new RecordingStream(),
    stderr: new RecordingStream(),
    env,
    library: async () => library,
    testingKit: async () => {
      if (!testingKit) throw new Error('This test has no testing kit');
      return testingKit;
    },
    version: () => '1.2.3',
    onInterrupt: (given) => {
      listener = given;
      return () => {
        listener = null;
      };
    },
    leave: (exitCode) => void left.push(exitCode),
    interrupt: () => listener?.(),
    listening: () => listener !== null,
    left,
  };
}
