/**
 * `npm run fuzz [-- [--seconds N] [TARGET...]]`: each fuzz target for a minute, or for N seconds. What it has learnt to reach is
 * kept in test/fuzz/corpus/TARGET; an input that breaks a target is left in build/fuzz/findings/ and named.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cmakeBuild } from './build.mjs';
import { buildDirectory, foundFaultless, onWindows, root } from './paths.mjs';
import { runCommand } from './run-command.mjs';
import { ensureSetup } from './setup.mjs';

const USAGE = 'usage: npm run fuzz [-- [--seconds N] [TARGET...]]';
const SUFFIX = '_fuzz.cpp';

const sources = join(root, 'test', 'fuzz');
const programs = join(buildDirectory, 'fuzz', 'fuzz');
const findings = join(buildDirectory, 'fuzz', 'findings');

export const targets = readdirSync(sources)
  .filter((name) => name.endsWith(SUFFIX))
  .map((name) => name.slice(0, -SUFFIX.length));

/** Where it is noted of what content a target has withstood a minute of fuzzing. */
const withstood = join(foundFaultless, 'fuzz');

/** @param {readonly string[]} names */
export function buildTargets(names) {
  return cmakeBuild(
    'fuzz',
    names.map((name) => `${name}_fuzz`),
  );
}

/**
 * Fuzzes a target, from its corpus on. Throws what the target said of an input that breaks it.
 *
 * @param {string} name
 * @param {{ seconds?: number, keep?: boolean, inBackground?: boolean }} how keep: take into the corpus what reaches code
 *   that nothing in there reaches yet; inBackground: whatever else runs goes first
 * @returns {Promise<string>} what was done, in words
 */
export async function fuzz(name, { seconds = 60, keep = false, inBackground = false } = {}) {
  const program = join(programs, `${name}_fuzz`);
  const corpus = join(sources, 'corpus', name);
  const learnt = mkdtempSync(join(tmpdir(), `mapisync-fuzz-${name}-`));
  for (const folder of [corpus, findings]) mkdirSync(folder, { recursive: true });
  try {
    const args = [
      `-max_total_time=${seconds}`,
      '-max_len=16384',
      '-timeout=10',
      `-artifact_prefix=${findings}/${name}-`,
      learnt,
      corpus,
    ];
    const { code, output } = await runCommand(program, args, { accept: null, niceness: inBackground ? 10 : 0 });
    if (code !== 0) {
      const end = output.trimEnd().split('\n').slice(-60).join('\n');
      throw new Error(`${end}\nThe input is in ${findings}.`);
    }
    if (keep) await runCommand(program, ['-merge=1', corpus, learnt]);
    const inputs = /Done (\d+) runs/.exec(output)?.[1] ?? '?';
    return `${inputs} inputs in ${seconds} s, ${readdirSync(corpus).length} in its corpus`;
  } finally {
    rmSync(learnt, { recursive: true, force: true });
  }
}

/**
 * Fuzzes a target for a minute, unless the same program has withstood the same corpus before. The program's content says
 * all: sources, headers, options and compiler.
 *
 * @param {string} name @returns {Promise<string>} what was done, in words
 */
export async function fuzzIfChanged(name) {
  const hash = createHash('sha256').update(readFileSync(join(programs, `${name}_fuzz`)));
  const corpus = join(sources, 'corpus', name);
  const inputs = existsSync(corpus) ? readdirSync(corpus).sort() : [];
  for (const input of inputs) hash.update(readFileSync(join(corpus, input)));
  const stamp = join(withstood, `${name}-${hash.digest('hex').slice(0, 32)}`);
  if (existsSync(stamp)) return `unchanged since it was fuzzed: ${readFileSync(stamp, 'utf8')}`;
  const said = await fuzz(name, { inBackground: true });
  mkdirSync(withstood, { recursive: true });
  writeFileSync(stamp, said);
  return said;
}

function parse([...args]) {
  let seconds = 60;
  if (args[0] === '--seconds') {
    seconds = Number(args[1]);
    args.splice(0, 2);
  }
  const known = args.every((name) => targets.includes(name));
  if (!Number.isInteger(seconds) || seconds < 1 || !known) throw new Error(`${USAGE}\ntargets: ${targets.join(', ')}`);
  return { seconds, chosen: args.length === 0 ? targets : args };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const { seconds, chosen } = parse(process.argv.slice(2));
    if (onWindows) throw new Error('libFuzzer runs on Linux here: the targets are portable, and Debian’s Clang has it');
    await ensureSetup();
    await buildTargets(chosen);
    for (const name of chosen) {
      try {
        console.log(`ok ${name}: ${await fuzz(name, { seconds, keep: true })}`);
      } catch (error) {
        console.log(`not ok ${name}:\n${error.message}`);
        process.exitCode = 1;
      }
    }
  } catch (error) {
    console.error(error.message);
    process.exitCode = error.message.startsWith(USAGE) ? 2 : 1;
  }
}
