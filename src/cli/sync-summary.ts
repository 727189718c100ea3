/** What is said when all synchronisations have ended, and which exit code that makes. */
import { formatDuration } from './duration.js';
import { describeError } from './error-report.js';
import { ExitCode } from './exit-code.js';
import type { StoreReport } from './sync-reporter.js';
import type { Style, Terminal } from './terminal.js';
import { printable } from './terminal-text.js';
import { textTable } from './text-table.js';

/** Problems that are shown of one store; all of them are in the output of `--json`. */
const problemsShown = 20;

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
    printable(report.store.displayName),
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
  ];
}

/** What failed, and why: for each store its name and the error, after an empty line. */
export function failureLines(reports: readonly StoreReport[]): string[] {
  return reports.flatMap((report) => {
    if (report.error === null || report.outcome === 'cancelled') return [];
    const name = printable(report.store.displayName);
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
  const shown = result.problems.slice(0, problemsShown);
  const more = result.problemCount - shown.length;
  return [
    '',
    `${printable(store.displayName)}: ${counted(result.problemCount, 'problem')}`,
    ...shown.map(
      ({ severity, code, message }) =>
        `  ${severity.padEnd(7)}  ${code}${message === null ? '' : `: ${printable(message)}`}`,
    ),
    ...(more > 0 ? [`  ... and ${more} more; --json shows all that were kept`] : []),
  ];
}

function sum(reports: readonly StoreReport[]): string {
  const names = ['succeeded', 'failed', 'timed-out', 'cancelled', 'skipped'] as const;
  const counts = names.map((name) => [reports.filter(({ outcome }) => outcome === name).length, name] as const);
  const parts = counts.filter(([count]) => count > 0).map(([count, name]) => `${count} ${name.replace('-', ' ')}`);
  return parts.length === 0 ? 'No store to synchronise' : parts.join(', ');
}

export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
