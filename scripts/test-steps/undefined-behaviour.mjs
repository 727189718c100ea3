/**
 * The contract tests on an addon and a sample that clang has built with its checks for undefined behaviour: the first check
 * that fails ends the process.
 */
import { copyFileSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cmakeBuild } from '../build.mjs';
import { buildDirectory, dist, onWindows, root } from '../paths.mjs';
import { changesRegistry, testFiles } from '../test-files.mjs';
import { windowsPath } from '../windows-program.mjs';
import { skipped } from './counts.mjs';
import { runVitest } from './vitest.mjs';

export const title = 'Contract tests on binaries that end at undefined behaviour';
export const name = 'ubsan';

export async function run() {
  if (onWindows) return skipped('undefined behaviour', "Debian's clang builds for it, on Linux");
  await cmakeBuild('ubsan', ['addon', 'sample']);
  const place = join(buildDirectory, 'ubsan', 'package');
  rmSync(join(place, 'dist'), { recursive: true, force: true });
  cpSync(dist, join(place, 'dist'), { recursive: true });
  copyFileSync(join(root, 'package.json'), join(place, 'package.json'));
  const files = testFiles('test/contract').filter((file) => !changesRegistry(file));
  const env = { ...process.env, MAPISYNC_TEST_PACKAGE: windowsPath(place) };
  return runVitest('undefined-behaviour', files, { env });
}
