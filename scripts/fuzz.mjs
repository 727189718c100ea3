/**
 * `npm run fuzz [-- [--seconds N] [TARGET...]]`: each fuzz target for a minute, or for N seconds. What it has learnt to reach is
 * kept in test/fuzz/corpus/TARGET; an input that breaks a target is left in build/fuzz/findings/ and named.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDirectory, onWindows, root } from './paths.mjs';
import { runCommand } from './run-command.mjs';
import { ensureSetup } from './setup.mjs';

const kUsage = 'usage: npm run fuzz [-- [--seconds N] [TARGET...]]';
const kSuffix = '_fuzz.cpp';

const sources = join(root, 'test', 'fuzz');
const folder = join(buildDirectory, 'fuzz');
const findings = join(folder, 'findings');

const targets = readdirSync(sources)
  .filter((name) => name.endsWith(kSuffix))
  .map((name) => name.slice(0, -kSuffix.length));

function parse([...args]) {
  let seconds = 60;
  if (args[0] === '--seconds') {
    seconds = Number(args[1]);
    args.splice(0, 2);
  }
  const known = args.every((name) => targets.includes(name));
  if (!Number.isInteger(seconds) || seconds < 1 || !known) throw new Error(`${kUsage}\ntargets: ${targets.join(', ')}`);
  return { seconds, chosen: args.length === 0 ? targets : args };
}

async function build(chosen) {
  if (!existsSync(join(folder, 'build.ninja'))) {
    rmSync(folder, { recursive: true, force: true });
    await runCommand('cmake', ['-S', root, '-B', folder, '-G', 'Ninja', '-DCMAKE_CXX_COMPILER=clang++']);
  }
  const names = chosen.map((name) => `${name}_fuzz`);
  await runCommand('cmake', ['--build', folder, '--target', ...names]);
}

/** Runs a target, and takes into its corpus what reaches code that nothing in there reaches yet. */
async function fuzz(name, seconds) {
  const program = join(folder, 'fuzz', `${name}_fuzz`);
  const corpus = join(sources, 'corpus', name);
  const learnt = mkdtempSync(join(tmpdir(), `mapisync-fuzz-${name}-`));
  mkdirSync(corpus, { recursive: true });
  mkdirSync(findings, { recursive: true });
  try {
    const { code, output } = await runCommand(
      program,
      [
        learnt,
        corpus,
        `-max_total_time=${seconds}`,
        '-max_len=16384',
        '-timeout=10',
        `-artifact_prefix=${findings}/${name}-`,
      ],
      { accept: [0, 1, 77] },
    );
    if (code !== 0) {
      console.log(output.trimEnd().split('\n').slice(-60).join('\n'));
      console.log(`not ok ${name}: see above; the input is in ${findings}`);
      return false;
    }
    await runCommand(program, ['-merge=1', corpus, learnt]);
    const runs = /Done (\d+) runs/.exec(output)?.[1] ?? '?';
    console.log(`ok ${name}: ${runs} inputs in ${seconds} s, ${readdirSync(corpus).length} kept`);
    return true;
  } finally {
    rmSync(learnt, { recursive: true, force: true });
  }
}

try {
  const { seconds, chosen } = parse(process.argv.slice(2));
  if (onWindows) throw new Error('libFuzzer runs on Linux here: the targets are portable, and Debian’s Clang has it');
  await ensureSetup();
  await build(chosen);
  let good = true;
  for (const name of chosen) good = (await fuzz(name, seconds)) && good;
  process.exitCode = good ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = error.message.startsWith(kUsage) ? 2 : 1;
}
