/**
 * `npm run setup`: everything that building, running and testing takes. The other commands begin with it, so nobody has
 * to call it. On a machine that is set up it takes well under a second and says nothing.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exclusively } from './exclusive.mjs';
import { onWindows, toolchain } from './paths.mjs';
import { debianPackagesAreThere, ensureDebianPackages, requirePackagesOrRoot } from './setup/debian-packages.mjs';
import { npmPackagesStep } from './setup/npm-packages.mjs';
import { ensureStep, isDone } from './setup/step.mjs';
import { windowsNodeStep } from './setup/windows-node.mjs';
import { wineStep } from './setup/wine.mjs';
import { launcherStep, winePrefixStep } from './setup/wine-prefix.mjs';

/** What earlier versions of this set-up kept in its folder: an installed Wine's prefix, an emulator, lock files. */
const OUTDATED = ['ia32', 'locks', 'wine', 'without-ia32-emulator', 'without-wine32'];

export async function ensureSetup() {
  if (!isSetUp()) await exclusively('setup', onWindows ? () => ensureStep(npmPackagesStep()) : setUp);
}

function isSetUp() {
  if (!isDone(npmPackagesStep())) return false;
  const steps = [wineStep(), windowsNodeStep(), launcherStep(), winePrefixStep()];
  return onWindows || (steps.every(isDone) && debianPackagesAreThere());
}

/** Side by side, as far as one step does not need what another one makes. */
async function setUp() {
  requirePackagesOrRoot();
  const debian = ensureDebianPackages();
  const wine = ensureStep(wineStep(debian));
  const all = [
    debian,
    wine,
    ensureStep(npmPackagesStep()),
    ensureStep(windowsNodeStep()),
    debian.then(() => ensureStep(launcherStep())),
    wine.then(() => ensureStep(winePrefixStep())),
  ];
  // Not Promise.all: the lock is released when the last of them has ended, also after a failure.
  const failures = (await Promise.allSettled(all)).filter(({ status }) => status === 'rejected');
  if (failures.length > 0) {
    // Where one step failed for want of another, the reason is the same.
    throw new Error([...new Set(failures.map(({ reason }) => reason.message))].join('\n'));
  }
  for (const name of [...OUTDATED, 'apt']) rmSync(join(toolchain, name), { recursive: true, force: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await ensureSetup();
    console.error('Everything is set up.');
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
