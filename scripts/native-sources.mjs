/** The C and C++ files of the project, as git knows them: for the formatter and the static analysis. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** @returns {string[]} paths from the project's root, with forward slashes */
export function nativeSources() {
  const patterns = ['*.c', '*.cpp', '*.h'];
  const { stdout, status, stderr } = spawnSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`git ls-files: ${stderr}`);
  return stdout.split('\n').filter((path) => path !== '' && existsSync(join(root, path)));
}
