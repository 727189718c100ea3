import { formatDuration } from '../command-line/duration.js';
import type { EndEvent, ProgressEvent, StoreInfo, SyncRun } from '../library.js';
import type { Output } from '../terminal/output.js';
import { progressBar, wanderingBar } from '../terminal/progress-bar.js';
import { type Style, type Terminal, terminalOf } from '../terminal/terminal.js';
import { cutText, fitText, shownMessage, shownName, textWidth } from '../terminal/text.js';
import { describeError, isMapiError } from './error-report.js';
import type { StoreReport, SyncReporter } from './sync-reporter.js';
import { counted, summaryLines } from './sync-summary.js';

const FRAME_MS = 100;
const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';

type State = 'waiting' | 'running' | EndEvent['outcome'] | 'skipped' | 'not opened';

/** Which stores are shown first where the window is too low for all. */
const URGENCY: readonly State[] = [
  'running',
  'not opened',
  'failed',
  'timed-out',
  'cancelled',
  'waiting',
  'succeeded',
  'skipped',
];

interface Row {
  readonly store: StoreInfo;
  /** Made when the row is shown for the first time: of 10,000 stores, most never are. */
  name: { readonly text: string; readonly width: number } | null;
  state: State;
  fraction: number | null;
  /** As the provider said it, until the row is shown. */
  text: string;
  problems: number;
}

/** A line with a bar for each store, drawn again and again while the stores synchronize. */
export class LiveReporter implements SyncReporter {
  readonly #output: Output;
  readonly #terminal: Terminal;
  readonly #rows = new Map<StoreInfo, Row>();
  /** The rows in the order of the stores. */
  #all: readonly Row[] = [];
  /** How wide each line of the last frame is. */
  #drawn: number[] = [];
  /** The widest name that has been shown. */
  #nameWidth = 1;
  #timer: NodeJS.Timeout | undefined;
  #frame = 0;
  #footer = '';

  constructor(output: Output) {
    this.#output = output;
    this.#terminal = terminalOf(output.stream, output.env);
  }

  begin(stores: readonly StoreInfo[]): void {
    for (const store of stores) {
      this.#rows.set(store, { store, name: null, state: 'waiting', fraction: 0, text: 'waiting', problems: 0 });
    }
    this.#all = [...this.#rows.values()];
    this.#output.write(HIDE_CURSOR);
    this.#draw();
    this.#timer = setInterval(() => this.#draw(), FRAME_MS);
  }

  async watch(store: StoreInfo, run: SyncRun): Promise<void> {
    const row = this.#row(store);
    await new Promise<void>((resolve) => {
      run
        .on('start', () => {
          row.state = 'running';
          row.text = '';
        })
        .on('progress', (event) => showProgress(row, event))
        .on('problem', () => row.problems++)
        .on('end', (event) => {
          showEnd(row, event);
          resolve();
        });
    });
  }

  async skipped(store: StoreInfo): Promise<void> {
    Object.assign(this.#row(store), { state: 'skipped', text: 'skipped: it has no IMAPISync' });
  }

  async notOpened(store: StoreInfo, error: unknown): Promise<void> {
    const why = isMapiError(error) ? error.code : (describeError(error)[0] ?? '');
    Object.assign(this.#row(store), { state: 'not opened', text: `cannot be opened: ${why}` });
  }

  stopping(): void {
    this.#footer = 'Stopping. Ctrl-C again leaves at once.';
    if (this.#timer) this.#draw();
  }

  end(): void {
    if (!this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#footer = '';
    this.#draw();
    this.#output.write(SHOW_CURSOR);
  }

  async finished(reports: readonly StoreReport[], durationMs: number): Promise<void> {
    this.#output.writeLines(['', ...summaryLines(reports, durationMs, this.#terminal)]);
  }

  #row(store: StoreInfo): Row {
    return this.#rows.get(store) as Row;
  }

  #draw(): void {
    this.#frame++;
    const columns = this.#terminal.columns();
    const lines = this.#frameLines(this.#terminal.lineWidth());
    // A window that was made narrower has wrapped what was drawn.
    const rows = this.#drawn.reduce((sum, drawn) => sum + Math.max(1, Math.ceil(drawn / columns)), 0);
    // One write for each line: in one write, Wine's console does not follow a cursor that moves over several lines.
    if (rows > 0) this.#output.write(`\x1b[${rows}A\r`);
    for (const { text, style } of lines) {
      this.#output.write(`${style === null ? text : this.#terminal.style(style, text)}\x1b[K\n`);
    }
    this.#output.write('\x1b[J');
    this.#drawn = lines.map(({ text }) => textWidth(text));
  }

  #frameLines(width: number): { text: string; style: Style | null }[] {
    const room = Math.max(1, this.#terminal.rows() - 2 - (this.#footer ? 1 : 0));
    const shown = this.#all.length <= room ? this.#all : mostTelling(this.#all, room - 1);
    for (const row of shown) this.#nameWidth = Math.max(this.#nameWidth, nameOf(row).width);
    const nameWidth = Math.min(this.#nameWidth, Math.max(8, Math.floor(width * 0.3)), 40);
    const frame = shown.map((row) => ({ text: this.#format(row, nameWidth, width), style: styleOf(row) }));
    const hidden = this.#all.length - shown.length;
    if (hidden > 0) frame.push({ text: cutText(`... and ${hidden} more`, width), style: 'dim' });
    if (this.#footer) frame.push({ text: cutText(this.#footer, width), style: 'yellow' });
    return frame;
  }

  #format(row: Row, nameWidth: number, width: number): string {
    const name = fitText(nameOf(row).text, nameWidth);
    const barWidth = barWidthOf(width);
    const percent = row.fraction === null ? '' : `${Math.floor(row.fraction * 100)} %`;
    const quiet = row.state === 'skipped' || row.state === 'not opened';
    const bar = quiet
      ? ' '.repeat(barWidth)
      : row.fraction === null
        ? wanderingBar(this.#frame, barWidth)
        : progressBar(row.fraction, barWidth);
    const progress = [bar, fitText(quiet || row.state === 'waiting' ? '' : percent, 5, 'right')];
    const problems = row.problems > 0 ? `${counted(row.problems, 'problem')}  ` : '';
    const before = [name, ...progress.filter((piece) => piece !== '')].join('  ');
    const room = width - textWidth(before) - 2;
    const after = cutText(problems + shownMessage(row.text), room);
    return cutText(after === '' ? before.trimEnd() : `${before}  ${after}`, width);
  }
}

/** A terminal of 40 columns, of which one stays free, still has a bar. */
function barWidthOf(width: number): number {
  return width >= 109 ? 30 : width >= 84 ? 20 : width >= 54 ? 12 : width >= 39 ? 8 : 0;
}

function nameOf(row: Row): { readonly text: string; readonly width: number } {
  if (row.name === null) {
    const text = shownName(row.store.displayName);
    row.name = { text, width: textWidth(text) };
  }
  return row.name;
}

function showProgress(row: Row, { fraction, message }: ProgressEvent): void {
  row.fraction = fraction;
  row.text = message ?? '';
}

function showEnd(row: Row, { outcome, code, durationMs }: EndEvent): void {
  row.state = outcome;
  if (outcome === 'succeeded') {
    row.fraction = 1;
    row.text = `succeeded in ${formatDuration(durationMs)}`;
    return;
  }
  row.fraction ??= 0;
  row.text = outcome === 'cancelled' ? 'cancelled' : `${outcome.replace('-', ' ')}: ${code}`;
}

function styleOf({ state, problems }: Row): Style | null {
  if (state === 'failed' || state === 'timed-out' || state === 'not opened') return 'red';
  if (state === 'waiting' || state === 'skipped') return 'dim';
  if (state === 'cancelled' || problems > 0) return 'yellow';
  return state === 'succeeded' ? 'green' : null;
}

/** What runs first, then what went wrong; in the order of the stores. Each row is looked at once. */
function mostTelling(rows: readonly Row[], room: number): Row[] {
  const byUrgency: number[][] = URGENCY.map(() => []);
  for (const [at, { state }] of rows.entries()) {
    const equals = byUrgency[URGENCY.indexOf(state)] as number[];
    if (equals.length < room) equals.push(at);
  }
  const chosen = byUrgency.flat().slice(0, Math.max(0, room));
  return chosen.sort((a, b) => a - b).map((at) => rows[at] as Row);
}
