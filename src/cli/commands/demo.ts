import { defineCommand } from '../command-line/command.js';
import { JSON_LINES } from '../command-line/options.js';
import { EXIT_CODES, ExitCode } from '../exit-code.js';

export const demo = defineCommand({
  name: 'demo',
  summary: 'synchronizes a sample profile, and compares both sides afterwards',
  description: [
    'Makes a sample profile: two mailboxes with some hundred messages, and a store that cannot synchronize. ' +
      'Synchronizes them through the embedded sample MAPI, on the same path as any other store. Then compares both ' +
      'sides, byte by byte.',
    'The profile stays in %LOCALAPPDATA%\\mapisync\\sample-profiles\\demo until the next demo. Look into it with: ' +
      'mapisync stores --mapi sample --profile demo',
  ],
  operands: null,
  options: { json: JSON_LINES },
  notes: [EXIT_CODES],
  readerLeft: ExitCode.cancelled,
  async run({ options: { json } }, context) {
    const { runDemo } = await import('../demo/run-demo.js');
    return await runDemo(json, context);
  },
});
