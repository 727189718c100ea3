/** The TypeScript tests, and where each of them can run. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';

/** @returns {string[]} the test files, or those of one folder: from the project's root, with forward slashes */
export function testFiles(folder = 'test') {
  return readdirSync(join(root, folder), { recursive: true })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.test.ts'))
    .sort();
}

/** The tests of scripts/ run on the host alone: there the scripts run. */
export function isHostTest(file) {
  return file.startsWith('test/scripts/');
}

/**
 * Such a test changes the registry of the project's own Wine prefix, which this variable stands for. Two of them at the same
 * time would meet there.
 */
export function changesRegistry(file) {
  return readFileSync(join(root, file), 'utf8').includes('MAPISYNC_WINE_PREFIX');
}

/** Such a test sets the clock forward by `vi`, which Vitest alone has: it cannot run under node:test. */
export function usesVitestTimers(file) {
  return readFileSync(join(root, file), 'utf8').includes('vi.useFakeTimers');
}

/**
 * A test needs Windows if it, or a file of test/ that it imports, uses the built package, which loads the addon, or starts a
 * program, or loads a DLL. A single test or suite that needs Windows for another reason says so itself:
 * `it.runIf(process.platform === 'win32')`.
 */
export function needsWindows(file) {
  return !isHostTest(file) && reaches(file, new Set());
}

function reaches(file, seen) {
  seen.add(file);
  const text = readFileSync(join(root, file), 'utf8');
  if (text.includes('process.dlopen')) return true;
  return [...text.matchAll(/\bfrom '([^']+)'/g)].some(([, name]) => {
    if (/^(mapisync|mapisync\/.*|node:child_process)$/.test(name)) return true;
    const imported = join(dirname(file), name).replaceAll('\\', '/').replace(/\.js$/, '.ts');
    const isOurs = name.startsWith('.') && imported.startsWith('test/') && existsSync(join(root, imported));
    return isOurs && !seen.has(imported) && reaches(imported, seen);
  });
}
