import { asksForJson, type CommandLine, parseCommandLine } from './command-line.js';
import { describeError, errorObject } from './error-report.js';
import { ExitCode } from './exit-code.js';
import type { Host } from './host.js';
import { Interruption } from './interruption.js';
import { JsonLines } from './json-lines.js';
import { UsageError } from './usage-error.js';
import { helpText } from './usage-text.js';

/** Runs the command. Resolves with its exit code, whatever happens; errors have been shown by then. */
export async function run(argv: readonly string[], host: Host): Promise<number> {
  const interruption = new Interruption(host);
  try {
    return await execute(parseCommandLine(argv), host, interruption);
  } catch (error) {
    const cancelled = interruption.caused(error);
    if (asksForJson(argv)) await new JsonLines(host.stdout).write(errorObject(error));
    const [first = '', ...further] = cancelled ? ['Cancelled.'] : describeError(error);
    host.stderr.write(`${[`mapisync: ${first}`, ...further].join('\n')}\n`);
    if (cancelled) return ExitCode.cancelled;
    return error instanceof UsageError ? ExitCode.usage : ExitCode.failed;
  } finally {
    interruption.end();
  }
}

/** Each command's module is loaded when its turn comes. */
async function execute(line: CommandLine, host: Host, interruption: Interruption): Promise<number> {
  switch (line.command) {
    case 'help':
      host.stdout.write(helpText(line.about));
      return ExitCode.succeeded;
    case 'version':
      host.stdout.write(`${host.version()}\n`);
      return ExitCode.succeeded;
    case 'profiles':
      return (await import('./commands/profiles.js')).profiles(line, host, interruption);
    case 'stores':
      return (await import('./commands/stores.js')).stores(line, host, interruption);
    case 'sync':
      return (await import('./commands/sync.js')).sync(line, host, interruption);
    case 'demo':
      return (await import('./commands/demo.js')).demo(line, host, interruption);
  }
}
