/** What `sync` and `demo` have in common: from a session and some stores to lines on the screen. */
import type { Session } from '../../index.js';
import type { Host } from '../host.js';
import type { Interruption } from '../interruption.js';
import { JsonLines } from '../json-lines.js';
import { JsonReporter } from '../json-reporter.js';
import { LiveReporter } from '../live-reporter.js';
import { PlainReporter } from '../plain-reporter.js';
import type { StoreReport, SyncReporter } from '../sync-reporter.js';
import { type SyncPlan, syncStores } from '../sync-stores.js';
import { failureLines, summaryLines } from '../sync-summary.js';
import { terminalOf } from '../terminal.js';

export async function synchronise(
  session: Session,
  plan: Omit<SyncPlan, 'signal'>,
  { host, interruption, json }: { host: Host; interruption: Interruption; json: boolean },
): Promise<StoreReport[]> {
  const terminal = terminalOf(host.stdout, host.env);
  const reporter: SyncReporter = json
    ? new JsonReporter(new JsonLines(host.stdout))
    : terminal.live
      ? new LiveReporter(host.stdout, terminal)
      : new PlainReporter(host.stdout);
  interruption.tell(
    () => reporter.stopping(),
    () => reporter.end(),
  );
  const begun = performance.now();
  const reports = await syncStores(session, { ...plan, signal: interruption.signal }, reporter);
  if (json) {
    for (const line of failureLines(reports)) if (line !== '') host.stderr.write(`${line}\n`);
  } else {
    const lines = ['', ...summaryLines(reports, performance.now() - begun, terminal)];
    host.stdout.write(`${lines.join('\n')}\n`);
  }
  return reports;
}
