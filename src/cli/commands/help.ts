import { defineCommand } from '../command-line/command.js';
import { helpText, overview } from '../command-line/help-text.js';
import { commandNamed } from '../command-line/parser.js';
import { ExitCode } from '../exit-code.js';

export const help = defineCommand({
  name: 'help',
  summary: 'explains the commands, or one of them',
  description: ['Explains the commands, or one of them.'],
  operands: 'command',
  mostOperands: 1,
  options: {},
  readerLeft: ExitCode.succeeded,
  async run({ operands: [name] }, { output, commands }) {
    output.write(name === undefined ? overview(commands) : helpText(commandNamed(name, commands)));
    return ExitCode.succeeded;
  },
});
