import type { ProblemEvent, ProgressEvent, StoreInfo, SyncRun } from '../index.js';
import { formatDuration } from './duration.js';
import { describeError } from './error-report.js';
import type { SyncReporter } from './sync-reporter.js';
import type { OutputStream } from './terminal.js';
import { cutText, printable } from './terminal-text.js';

/** Progress is told every tenth of the way, or so often where the way's length is not known. */
const tellEveryMs = 10_000;
/** Problems of one store that are told as they come. */
const problemsTold = 20;
const longestText = 200;

/** Lines that are written once, for files, pipes and logs. */
export class PlainReporter implements SyncReporter {
  readonly #stream: OutputStream;

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }

  begin(): void {}

  async watch(store: StoreInfo, run: SyncRun): Promise<void> {
    let tenth = 0;
    let told = Date.now();
    let problems = 0;
    const progress = ({ fraction, message, at }: ProgressEvent): void => {
      const reached = Math.floor((fraction ?? 0) * 10);
      if (fraction === null ? at - told < tellEveryMs : reached <= tenth) return;
      tenth = reached;
      told = at;
      const percent = fraction === null ? 'working' : `${String(reached * 10).padStart(3)} %`;
      this.#tell(store, message === null ? percent : `${percent}  ${short(message)}`);
    };
    const problem = ({ severity, code, message }: ProblemEvent): void => {
      problems++;
      if (problems > problemsTold) return;
      this.#tell(store, `${severity}: ${code}${message === null ? '' : `: ${short(message)}`}`);
      if (problems === problemsTold) this.#tell(store, 'further problems are counted, not shown');
    };
    await new Promise<void>((resolve) => {
      run
        .on('start', () => this.#tell(store, 'started'))
        .on('progress', progress)
        .on('problem', problem)
        .on('end', ({ outcome, durationMs }) => {
          this.#tell(store, `${outcome.replace('-', ' ')} after ${formatDuration(durationMs)}`);
          resolve();
        });
    });
  }

  async skipped(store: StoreInfo): Promise<void> {
    this.#tell(store, 'skipped: it has no IMAPISync');
  }

  async notOpened(store: StoreInfo, error: unknown): Promise<void> {
    this.#tell(store, `cannot be opened: ${describeError(error)[0] ?? ''}`);
  }

  stopping(): void {
    this.#stream.write('Stopping. Ctrl-C again leaves at once.\n');
  }

  end(): void {}

  #tell(store: StoreInfo, text: string): void {
    this.#stream.write(`${printable(store.displayName)}: ${text}\n`);
  }
}

function short(text: string): string {
  return cutText(printable(text.slice(0, 4 * longestText)), longestText);
}
