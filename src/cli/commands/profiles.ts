import type { ProfilesArguments } from '../command-line.js';
import { ExitCode } from '../exit-code.js';
import type { Host } from '../host.js';
import type { Interruption } from '../interruption.js';
import { JsonLines } from '../json-lines.js';
import { printable } from '../terminal-text.js';
import { mapiChoice } from './mapi-choice.js';

export async function profiles(line: ProfilesArguments, host: Host, { signal }: Interruption): Promise<number> {
  const library = await host.library();
  const list = await library.profiles({ mapi: await mapiChoice(line.mapi, host), signal });
  if (line.json) {
    const lines = new JsonLines(host.stdout);
    for (const { name, isDefault } of list) await lines.write({ type: 'profile', name, isDefault });
  } else if (list.length === 0) {
    host.stdout.write('This user has no MAPI profile.\n');
  } else {
    const lines = list.map(({ name, isDefault }) => `${printable(name)}${isDefault ? '  (default)' : ''}\n`);
    host.stdout.write(lines.join(''));
  }
  return ExitCode.succeeded;
}
