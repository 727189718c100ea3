import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const script = `
  import path from 'node:path';
  import { logon } from 'mapisync';
  import { sampleMapi, sampleProfile, scenario } from 'mapisync/testing';
  const profile = await sampleProfile({ stores: [{ name: 'One', scenario: scenario().done(0) }] });
  const session = await logon({ mapi: sampleMapi, profile: profile.path });
  const { outcome } = await (await session.openStore()).synchronize();
  await session.close();
  await profile[Symbol.asyncDispose]();
  console.log(path.basename(process.execPath), outcome);
`;

describe('a program that is not called node.exe, as Electron is', () => {
  it('loads the addon and synchronises', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'mapisync-host-'));
    try {
      const host = path.join(folder, 'renamed-host.exe');
      copyFileSync(process.execPath, host);
      const output = execFileSync(host, ['--input-type=module', '-e', script], { encoding: 'utf8' });
      expect(output.trim()).toBe('renamed-host.exe succeeded');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
