/**
 * `npm run analyse`: clang-tidy over all that is shipped, as it is compiled for x64 Windows, with the clang static
 * analyzer as well. `npm test` does it without the analyzer, which takes as long as all other checks together, and beside
 * its other steps.
 *
 * A file that was found clean is looked at again when it, a header that it includes, or the configuration has changed.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cmakeConfigure } from './build.mjs';
import { buildDirectory, root } from './paths.mjs';
import { runCommand } from './run-command.mjs';
import { ensureSetup } from './setup.mjs';

/**
 * @param {{ deep?: boolean, inBackground?: boolean }} how deep: with the static analyzer; inBackground: whatever else runs
 *   goes first
 * @returns {Promise<void>} throws what it finds
 */
export async function analyse({ deep = false, inBackground = false } = {}) {
  await cmakeConfigure('x64');
  const database = join(buildDirectory, 'x64');
  const commands = JSON.parse(readFileSync(join(database, 'compile_commands.json'), 'utf8'));
  const files = [...new Set(commands.map(({ file }) => file))]
    .filter((file) => file.startsWith(join(root, 'native')))
    .sort();
  const options = [
    '-p',
    database,
    '--quiet',
    ...(deep ? [] : ['--checks=-clang-analyzer-*']),
    // clang's own guard, as in cmake/mingw-w64.cmake.
    '--extra-arg=-D__X86INTRIN_H',
    ...(await mingwHeaders()),
  ];
  const clean = join(buildDirectory, 'clang-tidy');
  mkdirSync(clean, { recursive: true });
  const configuration = [readFileSync(join(root, '.clang-tidy'), 'utf8'), ...options].join('\n');
  const findings = [];
  const queue = [...files];
  const worker = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const stamp = join(clean, contentKey(file, configuration));
      if (existsSync(stamp)) continue;
      const { code, output } = await runCommand('clang-tidy', [...options, '--warnings-as-errors=*', file], {
        cwd: root,
        accept: [0, 1],
        niceness: inBackground ? 19 : 0,
      });
      if (code === 0) writeFileSync(stamp, '');
      else findings.push(withoutStatistics(output));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  // A finding in a header shows once a file that includes it.
  if (findings.length > 0) throw new Error([...new Set(findings)].join('\n'));
}

/** clang-tidy knows clang's own headers; these are where the cross-compiler finds the C++ library and Windows. */
async function mingwHeaders() {
  const { output } = await runCommand('x86_64-w64-mingw32-g++-posix', ['-print-file-name=include/c++']);
  const library = output.trim();
  return [library, join(library, 'x86_64-w64-mingw32'), '/usr/share/mingw-w64/include'].map(
    (path) => `--extra-arg=-isystem${path}`,
  );
}

function withoutStatistics(output) {
  return output
    .split('\n')
    .filter((line) => !/^\d+ (warnings?|errors?)( and \d+ errors?)? (generated|treated as errors)\.?$/.test(line))
    .join('\n')
    .trim();
}

/** A name for a file's content and that of all of our headers that it includes. */
function contentKey(file, configuration) {
  const hash = createHash('sha256').update(configuration);
  const seen = new Set();
  const add = (path) => {
    if (seen.has(path) || !existsSync(path)) return;
    seen.add(path);
    const text = readFileSync(path, 'utf8');
    hash.update(path).update(text);
    for (const [, name] of text.matchAll(/^#include "([^"]+)"/gm)) {
      add(join(root, 'native', name));
      add(join(dirname(path), name));
    }
  };
  add(file);
  return hash.digest('hex').slice(0, 32);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await ensureSetup();
    await analyse({ deep: true });
    console.log('No findings.');
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
