/**
 * Runs chosen test files, each in the quickest place that can: a TypeScript test that needs no Windows on the host, another one
 * in Windows Node, and a native test as the target of its name.
 */
import { existsSync, statSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { build } from './build.mjs';
import { onWindows, root } from './paths.mjs';
import { ensureSetup } from './setup.mjs';
import { needsWindows, testFiles } from './test-files.mjs';
import { sum } from './test-steps/counts.mjs';
import { runNativeTest } from './test-steps/native-units.mjs';
import { runVitest } from './test-steps/vitest.mjs';

/** @param {readonly string[]} paths of files or folders, from where the caller stands */
export async function runChosen(paths) {
  const files = paths.flatMap(expanded);
  const native = files.filter((file) => file.endsWith('.cpp'));
  const typescript = files.filter((file) => !native.includes(file));
  const inWindows = typescript.filter((file) => onWindows || needsWindows(file));
  const onHost = typescript.filter((file) => !inWindows.includes(file));
  await ensureSetup();
  const counts = [];
  if (onHost.length > 0) counts.push(await runVitest('chosen-on-host', onHost, { onHost: true }));
  for (const file of native) counts.push(await runNativeTest(basename(file, '.cpp')));
  if (inWindows.length > 0) {
    await build();
    counts.push(await runVitest('chosen', inWindows));
  }
  return sum(counts);
}

function expanded(path) {
  const full = resolve(process.env.INIT_CWD ?? process.cwd(), path);
  const file = relative(root, full).replaceAll('\\', '/');
  if (!existsSync(full)) throw new Error(`usage: npm test -- FILE...\nThere is no ${file}.`);
  if (statSync(full).isDirectory()) return testFiles(file);
  if (!/\.test\.ts$|_test\.cpp$/.test(file)) throw new Error(`usage: npm test -- FILE...\n${file} is no test.`);
  return [file];
}
