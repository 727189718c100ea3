/**
 * `npm run clean [-- --all]`: deletes what was built; with --all, what the set-up installed into the checkout as well
 * (the Debian packages stay).
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from './exclusive.mjs';
import { buildDirectory, dist, nodeModule, onWindows, root, toolchain } from './paths.mjs';
import { stopWine } from './setup/wine-prefix.mjs';

const all = process.argv.includes('--all');
await exclusively('setup', async () => {
  for (const folder of [buildDirectory, dist, join(root, 'prebuilds')])
    rmSync(folder, { recursive: true, force: true });
  if (!all) return;
  if (!onWindows) await stopWine().catch(() => {}); // Wine itself may not be there.
  rmSync(nodeModule(), { recursive: true, force: true });
});
if (all) rmSync(toolchain, { recursive: true, force: true });
