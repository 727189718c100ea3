/** What is said when all syncs have ended, and which exit code that makes. */
import { formatDuration } from '../command-line/duration.js';
import { ExitCode } from '../exit-code.js';
import type { Style, Terminal } from '../terminal/terminal.js';
import { shownMessage, shownName } from '../terminal/text.js';
import { textTable } from '../terminal/text-table.js';
import { describeError } from './error-report.js';
import type { StoreReport } from './sync-reporter.js';

/** So many problems of one store are shown; the output of `--json` has all of them. */
const PROBLEMS_SHOWN = 20;

export function exitCodeOf(reports: readonly StoreReport[], interrupted: boolean): number {
  const has = (outcome: StoreReport['outcome']): boolean => reports.some((report) => report.outcome === outcome);
  if (interrupted && has('cancelled')) return ExitCode.cancelled;
  if (has('failed') || has('timed-out') || has('cancelled')) return ExitCode.failed;
  return reports.some(hasProblems) ? ExitCode.problems : ExitCode.succeeded;
}

/** A success code that is a warning (`MAPI_W_PARTIAL_COMPLETION`) is a report of problems too. */
function hasProblems({ result }: StoreReport): boolean {
  return (
    result !== null &&
    (result.problemCount > 0 || (result.outcome === 'succeeded' && result.code.startsWith('MAPI_W_')))
  );
}

/** A table, then what failed and which problems were reported, then the sum. */
export function summaryLines(reports: readonly StoreReport[], durationMs: number, terminal: Terminal): string[] {
  const rows = reports.map((report) => [
    shownName(report.store.displayName),
    outcomeText(report),
    report.result ? String(report.result.updates) : '',
    report.result ? String(report.result.problemCount) : '',
    report.result ? formatDuration(report.result.durationMs) : '',
  ]);
  const [head = '', ...lines] = textTable(
    [
      { title: 'Store', align: 'left', shrinks: true },
      { title: 'Outcome', align: 'left' },
      { title: 'Updates', align: 'right' },
      { title: 'Problems', align: 'right' },
      { title: 'Time', align: 'right' },
    ],
    rows,
    terminal.lineWidth(),
  );
  return [
    terminal.style('bold', head),
    ...lines.map((line, at) => styled(terminal, styleOf(reports[at] as StoreReport), line)),
    ...failureLines(reports),
    ...reports.flatMap(problemLines),
    '',
    `${sum(reports)} in ${formatDuration(durationMs)}.`,
    ...(allSkipped(reports) ? ['No store has been synchronized: none of them has IMAPISync.'] : []),
  ];
}

/** What failed, and why: for each store its name and the error, after an empty line. */
export function failureLines(reports: readonly StoreReport[]): string[] {
  return reports.flatMap((report) => {
    if (report.error === null || report.outcome === 'cancelled') return [];
    const name = shownName(report.store.displayName);
    return ['', `${name}: ${outcomeText(report)}`, ...describeError(report.error).map((line) => `  ${line}`)];
  });
}

export function outcomeText(report: StoreReport): string {
  if (report.outcome === 'timed-out') return 'timed out';
  if (report.outcome === 'cancelled' && report.result === null) return 'not begun';
  return report.outcome === 'succeeded' && hasProblems(report) ? 'succeeded, with problems' : report.outcome;
}

function styleOf(report: StoreReport): Style | null {
  if (report.outcome === 'failed' || report.outcome === 'timed-out') return 'red';
  if (report.outcome === 'skipped') return 'dim';
  return report.outcome === 'cancelled' || hasProblems(report) ? 'yellow' : null;
}

function styled(terminal: Terminal, style: Style | null, text: string): string {
  return style === null ? text : terminal.style(style, text);
}

function problemLines({ store, result }: StoreReport): string[] {
  if (result === null || result.problemCount === 0) return [];
  const shown = result.problems.slice(0, PROBLEMS_SHOWN);
  const more = result.problemCount - shown.length;
  return [
    '',
    `${shownName(store.displayName)}: ${counted(result.problemCount, 'problem')}`,
    ...shown.map(
      ({ severity, code, message }) =>
        `  ${severity.padEnd(7)}  ${code}${message === null ? '' : `: ${shownMessage(message)}`}`,
    ),
    ...(more > 0 ? [`  ... and ${more} more; --json shows all that were kept`] : []),
  ];
}

function allSkipped(reports: readonly StoreReport[]): boolean {
  return reports.length > 0 && reports.every(({ outcome }) => outcome === 'skipped');
}

function sum(reports: readonly StoreReport[]): string {
  const names = ['succeeded', 'failed', 'timed-out', 'cancelled', 'skipped'] as const;
  const counts = names.map((name) => [reports.filter(({ outcome }) => outcome === name).length, name] as const);
  const parts = counts.filter(([count]) => count > 0).map(([count, name]) => `${count} ${name.replace('-', ' ')}`);
  return parts.length === 0 ? 'No store to synchronize' : parts.join(', ');
}

export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
