import type { CommandContext } from './command-line/command.js';
import { helpText, overview } from './command-line/help-text.js';
import { asksForJson, type CommandLine, parseCommandLine } from './command-line/parser.js';
import { UsageError } from './command-line/usage-error.js';
import { COMMANDS } from './commands/list.js';
import { ExitCode } from './exit-code.js';
import type { Host } from './host.js';
import { Interruption } from './interruption.js';
import { describeError, errorJson } from './report/error-report.js';
import { writeJsonLine } from './report/json-lines.js';
import { Output } from './terminal/output.js';

/** Runs the command. Resolves with its exit code, whatever happens; errors have been shown by then. */
export async function run(argv: readonly string[], host: Host): Promise<number> {
  const interruption = new Interruption(host);
  const output = new Output(host.stdout, host.env, () => interruption.stop());
  // Nobody can be told that messages get lost: a failure of standard error changes nothing.
  const messages = new Output(host.stderr, host.env);
  /** The exit code after the reader of standard output has left; null where that changes nothing. */
  let readerLeft: number | null = ExitCode.succeeded;
  let exitCode: number;
  try {
    const line = parseCommandLine(argv, COMMANDS);
    if (line.kind === 'run') readerLeft = line.command.readerLeft;
    exitCode = await execute(line, { host, output, messages, interruption, commands: COMMANDS });
  } catch (error) {
    const cancelled = interruption.caused(error);
    if (!cancelled) readerLeft = null;
    exitCode = cancelled ? ExitCode.cancelled : error instanceof UsageError ? ExitCode.usage : ExitCode.failed;
    if (asksForJson(argv)) await writeJsonLine(output, { type: 'error', error: errorJson(error) });
    const lost = cancelled && output.failure !== null;
    const [first = '', ...further] = cancelled ? ['Cancelled.'] : describeError(error);
    if (!lost) messages.writeLines([`mapisync: ${first}`, ...further]);
  }
  await output.flush();
  if (output.failure?.readerLeft) exitCode = readerLeft ?? exitCode;
  else if (output.failure) {
    messages.writeLines([`mapisync: the output cannot be written: ${describeError(output.failure.error)[0]}`]);
    if (exitCode !== ExitCode.usage) exitCode = ExitCode.failed;
  }
  await messages.flush();
  interruption.end();
  return exitCode;
}

async function execute(line: CommandLine, context: CommandContext): Promise<number> {
  switch (line.kind) {
    case 'help':
      context.output.write(line.about === null ? overview(context.commands) : helpText(line.about));
      return ExitCode.succeeded;
    case 'version':
      context.output.write(`${context.host.version()}\n`);
      return ExitCode.succeeded;
    case 'run':
      return await line.command.run(line.given, context);
  }
}
