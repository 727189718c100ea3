import { defineCommand } from '../command-line/command.js';
import { JSON_LINES, LOGON_TIMEOUT, MAPI } from '../command-line/options.js';
import { ExitCode } from '../exit-code.js';
import { writeJsonLine } from '../report/json-lines.js';
import { LogonLimit } from '../sync/logon-limit.js';
import { mapiChoice } from '../sync/session.js';
import { shownName } from '../terminal/text.js';

export const profiles = defineCommand({
  name: 'profiles',
  summary: 'lists the MAPI profiles of this user',
  description: ['Lists the MAPI profiles of this user.'],
  operands: null,
  options: { mapi: MAPI, logonTimeoutMs: LOGON_TIMEOUT, json: JSON_LINES },
  readerLeft: ExitCode.succeeded,
  async run({ options: { mapi, logonTimeoutMs, json } }, { host, output, interruption }) {
    const library = await host.library();
    const choice = await mapiChoice(mapi, host);
    const limit = new LogonLimit(library, logonTimeoutMs, interruption.signal);
    const list = await limit.shared('MAPIAdminProfiles', (signal) => library.profiles({ mapi: choice, signal }));
    if (json) {
      for (const { name, isDefault } of list) await writeJsonLine(output, { type: 'profile', name, isDefault });
    } else if (list.length === 0) {
      output.write('This user has no MAPI profile.\n');
    } else {
      output.writeLines(list.map(({ name, isDefault }) => `${shownName(name)}${isDefault ? '  (default)' : ''}`));
    }
    return ExitCode.succeeded;
  },
});
