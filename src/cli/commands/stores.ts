import type { StoresArguments } from '../command-line.js';
import { ExitCode } from '../exit-code.js';
import type { Host } from '../host.js';
import type { Interruption } from '../interruption.js';
import { JsonLines } from '../json-lines.js';
import { terminalOf } from '../terminal.js';
import { printable } from '../terminal-text.js';
import { textTable } from '../text-table.js';
import { mapiChoice } from './mapi-choice.js';

export async function stores(line: StoresArguments, host: Host, { signal }: Interruption): Promise<number> {
  const { logon } = await host.library();
  const mapi = await mapiChoice(line.mapi, host);
  const session = await logon({ mapi, signal, ...(line.profile === null ? {} : { profile: line.profile }) });
  try {
    const list = await session.stores({ signal });
    if (line.json) {
      const lines = new JsonLines(host.stdout);
      for (const store of list) await lines.write({ type: 'store', ...store });
    } else if (list.length === 0) {
      host.stdout.write('This profile has no stores.\n');
    } else {
      const terminal = terminalOf(host.stdout, host.env);
      const rows = list.map((store) => [
        printable(store.displayName),
        store.isDefault ? 'yes' : '',
        printable(store.providerName ?? ''),
      ]);
      const [head = '', ...body] = textTable(
        [
          { title: 'Store', align: 'left', shrinks: true },
          { title: 'Default', align: 'left' },
          { title: 'Provider', align: 'left' },
        ],
        rows,
        terminal.lineWidth(),
      );
      host.stdout.write(`${[terminal.style('bold', head), ...body].join('\n')}\n`);
    }
    return ExitCode.succeeded;
  } finally {
    await session.close();
  }
}
