/**
 * `npm run setup`: everything that building, running and testing takes. The other commands begin with it, so nobody has
 * to call it. On a machine that is set up it takes well under a second and says nothing.
 */
import { fileURLToPath } from 'node:url';
import { onWindows } from './paths.mjs';
import { ensureDebianPackages, forgetMissing32Bit } from './setup/debian-packages.mjs';
import { ensureIa32Emulator, forgetMissingEmulator } from './setup/ia32-emulator.mjs';
import { ensureNpmPackages } from './setup/npm-packages.mjs';
import { ensureWindowsNode } from './setup/windows-node.mjs';
import { ensureLauncher, ensureWinePrefix } from './setup/wine-prefix.mjs';

export async function ensureSetup() {
  if (!onWindows) await ensureDebianPackages();
  await ensureNpmPackages();
  if (onWindows) return;
  await ensureWindowsNode();
  await ensureLauncher();
  await ensureWinePrefix();
  await ensureIa32Emulator();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    forgetMissing32Bit();
    forgetMissingEmulator();
    await ensureSetup();
    console.error('Everything is set up.');
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
