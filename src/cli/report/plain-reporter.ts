import { formatDuration } from '../command-line/duration.js';
import type { ProblemEvent, ProgressEvent, StoreInfo, SyncRun } from '../library.js';
import type { Output } from '../terminal/output.js';
import { terminalOf } from '../terminal/terminal.js';
import { shownMessage, shownName } from '../terminal/text.js';
import { describeError } from './error-report.js';
import type { StoreReport, SyncReporter } from './sync-reporter.js';
import { summaryLines } from './sync-summary.js';

/** Progress is told at every tenth of the way, or after this time where the way's length is not known. */
const TELL_EVERY_MS = 10_000;
/** So many problems of one store are told as they come. */
const PROBLEMS_TOLD = 20;

/** Lines that are written once, for files, pipes and logs. */
export class PlainReporter implements SyncReporter {
  readonly #output: Output;

  constructor(output: Output) {
    this.#output = output;
  }

  begin(): void {}

  async watch(store: StoreInfo, run: SyncRun): Promise<void> {
    let tenth = 0;
    let told = Date.now();
    let problems = 0;
    const progress = ({ fraction, message, at }: ProgressEvent): void => {
      const reached = Math.floor((fraction ?? 0) * 10);
      if (fraction === null ? at - told < TELL_EVERY_MS : reached <= tenth) return;
      tenth = reached;
      told = at;
      const percent = fraction === null ? 'working' : `${String(reached * 10).padStart(3)} %`;
      this.#tell(store, message === null ? percent : `${percent}  ${shownMessage(message)}`);
    };
    const problem = ({ severity, code, message }: ProblemEvent): void => {
      problems++;
      if (problems > PROBLEMS_TOLD) return;
      this.#tell(store, `${severity}: ${code}${message === null ? '' : `: ${shownMessage(message)}`}`);
      if (problems === PROBLEMS_TOLD) this.#tell(store, 'further problems are counted, not shown');
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
    this.#output.write('Stopping. Ctrl-C again leaves at once.\n');
  }

  end(): void {}

  async finished(reports: readonly StoreReport[], durationMs: number): Promise<void> {
    const terminal = terminalOf(this.#output.stream, this.#output.env);
    this.#output.writeLines(['', ...summaryLines(reports, durationMs, terminal)]);
  }

  #tell(store: StoreInfo, text: string): void {
    this.#output.write(`${shownName(store.displayName)}: ${text}\n`);
  }
}
