/**
 * `npm run analyse`: clang-tidy over all that is shipped, as it is compiled for x64 Windows, with the clang static analyzer as
 * well; then clang's reading of it as Visual C++ reads it. `npm test` does the first without the analyzer, which takes as long
 * as all other checks together, and beside its other steps.
 *
 * A file that was found clean is looked at again when it, a header that it includes, or the configuration has changed.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cmakeConfigure } from './build.mjs';
import { buildDirectory, foundFaultless, root } from './paths.mjs';
import { runCommand } from './run-command.mjs';
import { keyOf } from './setup/step.mjs';
import { compiler, ensureVisualCpp, headers } from './setup/visual-cpp.mjs';
import { ensureSetup } from './setup.mjs';

/** The architectures for which Visual C++ would compile the addon. */
const TARGETS = ['x86_64', 'i686', 'aarch64'].map((architecture) => `${architecture}-pc-windows-msvc`);

/**
 * @param {{ deep?: boolean, inBackground?: boolean }} how deep: with the static analyzer; inBackground: whatever else runs
 *   goes first
 * @returns {Promise<void>} throws what it finds
 */
export async function analyse({ deep = false, inBackground = false } = {}) {
  await cmakeConfigure('x64');
  const options = [
    '-p',
    join(buildDirectory, 'x64'),
    '--quiet',
    ...(deep ? [] : ['--checks=-clang-analyzer-*']),
    // clang's own guard, as in cmake/mingw-w64.cmake.
    '--extra-arg=-D__X86INTRIN_H',
    ...(await mingwHeaders()),
  ];
  await lookAt(shippedSources(), {
    name: 'clang-tidy',
    configuration: [readFileSync(join(root, '.clang-tidy'), 'utf8'), ...options].join('\n'),
    command: (file) => ['clang-tidy', ...options, '--warnings-as-errors=*', file],
    inBackground,
  });
}

/**
 * Reads the C++ as Visual C++ does, with its own headers replaced by Wine's and LLVM's.
 *
 * @returns {Promise<void>} throws what it finds
 */
export async function readAsVisualCpp() {
  await ensureVisualCpp();
  await cmakeConfigure('x64');
  const api = join(root, 'node_modules');
  const options = [
    ...['-std=c++20', '-fsyntax-only', '-fms-compatibility', '-fcxx-exceptions', '-fexceptions', '-Werror'],
    ...['-Wall', '-Wextra', '-Wmicrosoft', '-Wgnu', '-Wconversion', '-Wsign-conversion', '-Wformat=2'],
    // The C library that Visual C++ has had since 2015; wchar_t in Windows' own types; and nothing of Microsoft's run-time.
    ...['-D_UCRT', '-DWINE_UNICODE_NATIVE', '-D_LIBCPP_NO_VCRUNTIME', '-nostdinc++'],
    // Wine declares FILE_DISPOSITION_INFO before this macro, and Microsoft after it. mingw-w64's delayimp.h has its own BOOL.
    ...['-DDeleteFile=DeleteFileW', '-DWINBOOL=BOOL'],
    // As in cmake/strictness.cmake and node-import-library.cmake.
    ...['-DUNICODE', '-D_UNICODE', '-DNOMINMAX', '-DWIN32_LEAN_AND_MEAN', '-DNAPI_VERSION=8'],
    ...['-DNODE_ADDON_API_CPP_EXCEPTIONS_ALL', '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS'],
    `-I${join(root, 'native')}`,
    ...[...headers, join(api, 'node-api-headers', 'include'), join(api, 'node-addon-api')].flatMap((path) => [
      '-isystem',
      path,
    ]),
  ];
  const isMingws = (file) => file.startsWith(join(root, 'native', 'mingw'));
  const findings = [];
  for (const target of TARGETS) {
    const how = {
      name: 'visual-cpp',
      configuration: [target, ...options].join('\n'),
      command: (file) => [compiler, `--target=${target}`, ...options, file],
    };
    const files = shippedSources().filter((file) => !isMingws(file));
    await lookAt(files, how).catch((error) => findings.push(`${target}:\n${error.message}`));
  }
  if (findings.length > 0) throw new Error(findings.join('\n'));
}

/** What goes into the binaries, after the list that CMake has made of the build for x64. */
function shippedSources() {
  const commands = JSON.parse(readFileSync(join(buildDirectory, 'x64', 'compile_commands.json'), 'utf8'));
  const native = join(root, 'native');
  return [...new Set(commands.map(({ file }) => file))].filter((file) => file.startsWith(native)).sort();
}

/**
 * Runs a command over each file that has changed since the command found nothing there. Throws what it finds.
 *
 * @param {readonly string[]} files
 * @param {{ name: string, configuration: string, command: (file: string) => string[], inBackground?: boolean }} how
 *   `configuration`: what the command's findings depend on beside the files
 */
async function lookAt(files, { name, configuration, command, inBackground = false }) {
  const { output: version } = await runCommand(command('')[0], ['--version']);
  const faultless = join(foundFaultless, `${name}-${keyOf(version)}`);
  mkdirSync(faultless, { recursive: true });
  const findings = [];
  const queue = [...files];
  const worker = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const stamp = join(faultless, contentKey(file, configuration));
      if (existsSync(stamp)) continue;
      const [program, ...args] = command(file);
      const options = { cwd: root, accept: [0, 1], niceness: inBackground ? 19 : 0 };
      const { code, output } = await runCommand(program, args, options);
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
    await readAsVisualCpp();
    console.log('No findings.');
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
