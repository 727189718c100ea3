/** What `sync` and `demo` have in common: from a session and some stores to lines on the screen. */
import type { CommandContext } from '../command-line/command.js';
import type { Session } from '../library.js';
import { JsonReporter } from '../report/json-reporter.js';
import { LiveReporter } from '../report/live-reporter.js';
import { PlainReporter } from '../report/plain-reporter.js';
import type { StoreReport, SyncReporter } from '../report/sync-reporter.js';
import { failureLines } from '../report/sync-summary.js';
import { terminalOf } from '../terminal/terminal.js';
import { type SyncPlan, syncStores } from './store-queue.js';

export async function synchronize(
  session: Session,
  plan: Omit<SyncPlan, 'signal'>,
  { host, output, messages, interruption }: CommandContext,
  json: boolean,
): Promise<StoreReport[]> {
  const reporter: SyncReporter = json
    ? new JsonReporter(output)
    : terminalOf(host.stdout, host.env).live
      ? new LiveReporter(output)
      : new PlainReporter(output);
  interruption.tell(
    () => reporter.stopping(),
    () => reporter.end(),
  );
  const begun = performance.now();
  const reports = await syncStores(session, { ...plan, signal: interruption.signal }, reporter);
  await reporter.finished(reports, performance.now() - begun);
  if (json) messages.writeLines(failureLines(reports).filter((line) => line !== ''));
  return reports;
}
