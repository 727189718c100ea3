/**
 * The sample as the registered mail client. Under the project's own Wine prefix alone: on a real Windows this would
 * change the user's mail client.
 */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { sampleMapi } from 'mapisync/testing';
import { afterAll, describe, it } from 'vitest';
import { contractOf } from './contract-suite.js';

const clients = 'HKLM\\Software\\Clients\\Mail';
const clientName = 'mapisync sample';
const isOwnPrefix = process.env.MAPISYNC_WINE_PREFIX === 'own';

const reg = (...args: string[]): string => execFileSync('reg.exe', args, { encoding: 'utf8' });

/** The default value of a key, which `reg` prints behind its type. */
const defaultClient = (): string => /REG_SZ\s+(.*)/.exec(reg('query', clients, '/ve'))?.[1]?.trim() ?? '';

if (isOwnPrefix) {
  const before = defaultClient();
  // At once, not in a hook: the system's mapi32.dll reads the registry when it is loaded, whoever loads it first.
  reg('add', clients, '/ve', '/d', clientName, '/f');
  reg('add', `${clients}\\${clientName}`, '/v', 'DLLPathEx', '/d', sampleMapi.path, '/f');

  afterAll(() => {
    reg('add', clients, '/ve', '/d', before, '/f');
    reg('delete', `${clients}\\${clientName}`, '/f');
  });

  const systemRoot = process.env.SystemRoot ?? 'C:\\windows';
  contractOf("the default mail client's MAPI", () => 'system');
  contractOf("the system's mapi32.dll", () => ({ path: path.win32.join(systemRoot, 'system32', 'mapi32.dll') }));
} else {
  describe('the registered mail client', () => {
    it.skip("is not changed outside of the project's own Wine prefix", () => {});
  });
}
