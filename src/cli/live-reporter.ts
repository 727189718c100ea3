import type { EndEvent, ProgressEvent, StoreInfo, SyncRun } from '../index.js';
import { formatDuration } from './duration.js';
import { describeError, isMapiError } from './error-report.js';
import { progressBar, wanderingBar } from './progress-bar.js';
import type { SyncReporter } from './sync-reporter.js';
import { counted } from './sync-summary.js';
import type { OutputStream, Style, Terminal } from './terminal.js';
import { cutText, fitText, printable, textWidth } from './terminal-text.js';

const frameMs = 100;

type State = 'waiting' | 'running' | EndEvent['outcome'] | 'skipped' | 'not opened';

interface Line {
  readonly name: string;
  state: State;
  fraction: number | null;
  /** Printable. */
  text: string;
  problems: number;
}

/** A line with a bar for each store, drawn over and over again while the stores synchronise. */
export class LiveReporter implements SyncReporter {
  readonly #stream: OutputStream;
  readonly #terminal: Terminal;
  readonly #lines = new Map<StoreInfo, Line>();
  /** How wide each line of the last frame is. */
  #drawn: number[] = [];
  #timer: NodeJS.Timeout | undefined;
  #frame = 0;
  #footer = '';

  constructor(stream: OutputStream, terminal: Terminal) {
    this.#stream = stream;
    this.#terminal = terminal;
  }

  begin(stores: readonly StoreInfo[]): void {
    for (const store of stores) {
      const name = printable(store.displayName);
      this.#lines.set(store, { name, state: 'waiting', fraction: 0, text: 'waiting', problems: 0 });
    }
    this.#stream.write(hideCursor);
    this.#draw();
    this.#timer = setInterval(() => this.#draw(), frameMs);
  }

  async watch(store: StoreInfo, run: SyncRun): Promise<void> {
    const line = this.#line(store);
    await new Promise<void>((resolve) => {
      run
        .on('start', () => {
          line.state = 'running';
          line.text = '';
        })
        .on('progress', (event) => showProgress(line, event))
        .on('problem', () => line.problems++)
        .on('end', (event) => {
          showEnd(line, event);
          resolve();
        });
    });
  }

  async skipped(store: StoreInfo): Promise<void> {
    Object.assign(this.#line(store), { state: 'skipped', text: 'skipped: it has no IMAPISync' });
  }

  async notOpened(store: StoreInfo, error: unknown): Promise<void> {
    const why = isMapiError(error) ? error.code : (describeError(error)[0] ?? '');
    Object.assign(this.#line(store), { state: 'not opened', text: `cannot be opened: ${why}` });
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
    this.#stream.write(showCursor);
  }

  #line(store: StoreInfo): Line {
    return this.#lines.get(store) as Line;
  }

  #draw(): void {
    this.#frame++;
    const columns = this.#terminal.columns();
    const lines = this.#frameLines(this.#terminal.lineWidth());
    // A window that was made narrower has wrapped what was drawn.
    const rows = this.#drawn.reduce((sum, drawn) => sum + Math.max(1, Math.ceil(drawn / columns)), 0);
    // A write a line: in one write, Wine's console does not follow a cursor that moves over several lines.
    if (rows > 0) this.#stream.write(`\x1b[${rows}A\r`);
    for (const { text, style } of lines) {
      this.#stream.write(`${style === null ? text : this.#terminal.style(style, text)}\x1b[K\n`);
    }
    this.#stream.write('\x1b[J');
    this.#drawn = lines.map(({ text }) => textWidth(text));
  }

  #frameLines(width: number): { text: string; style: Style | null }[] {
    const room = Math.max(1, this.#terminal.rows() - 2 - (this.#footer ? 1 : 0));
    const all = [...this.#lines.values()];
    const shown = all.length <= room ? all : mostTelling(all, room - 1);
    const nameWidth = Math.min(
      Math.max(...all.map(({ name }) => textWidth(name)), 1),
      Math.max(8, Math.floor(width * 0.3)),
      40,
    );
    const frame = shown.map((line) => ({ text: this.#format(line, nameWidth, width), style: styleOf(line) }));
    const hidden = all.length - shown.length;
    if (hidden > 0) frame.push({ text: cutText(`... and ${hidden} more`, width), style: 'dim' });
    if (this.#footer) frame.push({ text: cutText(this.#footer, width), style: 'yellow' });
    return frame;
  }

  #format(line: Line, nameWidth: number, width: number): string {
    const name = fitText(line.name, nameWidth);
    const barWidth = width >= 110 ? 30 : width >= 85 ? 20 : width >= 55 ? 12 : width >= 40 ? 8 : 0;
    const percent = line.fraction === null ? '' : `${Math.floor(line.fraction * 100)} %`;
    const quiet = line.state === 'skipped' || line.state === 'not opened';
    const bar = quiet
      ? ' '.repeat(barWidth)
      : line.fraction === null
        ? wanderingBar(this.#frame, barWidth)
        : progressBar(line.fraction, barWidth);
    const progress = [bar, fitText(quiet || line.state === 'waiting' ? '' : percent, 5, 'right')];
    const problems = line.problems > 0 ? `${counted(line.problems, 'problem')}  ` : '';
    const before = [name, ...progress.filter((piece) => piece !== '')].join('  ');
    const room = width - textWidth(before) - 2;
    const after = cutText(problems + line.text, room);
    return cutText(after === '' ? before.trimEnd() : `${before}  ${after}`, width);
  }
}

const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';

/** More than a line can show, and little enough to be looked through ten times a second. */
const longestText = 500;

function showProgress(line: Line, { fraction, message }: ProgressEvent): void {
  line.fraction = fraction;
  line.text = message === null ? '' : printable(message.slice(0, longestText));
}

function showEnd(line: Line, { outcome, code, durationMs }: EndEvent): void {
  line.state = outcome;
  if (outcome === 'succeeded') {
    line.fraction = 1;
    line.text = `succeeded in ${formatDuration(durationMs)}`;
    return;
  }
  line.fraction ??= 0;
  line.text = outcome === 'cancelled' ? 'cancelled' : `${outcome.replace('-', ' ')}: ${code}`;
}

function styleOf({ state, problems }: Line): Style | null {
  if (state === 'failed' || state === 'timed-out' || state === 'not opened') return 'red';
  if (state === 'waiting' || state === 'skipped') return 'dim';
  if (state === 'cancelled' || problems > 0) return 'yellow';
  return state === 'succeeded' ? 'green' : null;
}

const urgency: readonly State[] = [
  'running',
  'not opened',
  'failed',
  'timed-out',
  'cancelled',
  'waiting',
  'succeeded',
  'skipped',
];

/** What runs first, then what went wrong; in the order of the stores. */
function mostTelling(lines: readonly Line[], room: number): Line[] {
  const chosen = [...lines]
    .sort((a, b) => urgency.indexOf(a.state) - urgency.indexOf(b.state))
    .slice(0, Math.max(0, room));
  return lines.filter((line) => chosen.includes(line));
}
