/** Runs a program of test/ends/programs in a process of its own, to its end. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomNumbers } from '../support/random-numbers.js';

export interface ProgramEnd {
  /** null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly args?: readonly (string | number)[];
  readonly nodeOptions?: readonly string[];
  /** After so long the program counts as hanging, and is killed. */
  readonly limitMs?: number;
}

/** Far more than any of them takes, also on a busy machine: who needs this long does not end by itself. */
const LIMIT_MS = 90_000;

export async function endOfProgram(name: string, options: ProgramOptions = {}): Promise<ProgramEnd> {
  const { args = [], nodeOptions = [], limitMs = LIMIT_MS } = options;
  const program = fileURLToPath(new URL(`./programs/${name}.mjs`, import.meta.url));
  const folder = mkdtempSync(path.join(tmpdir(), 'mapisync-ends-'));
  const files = ['stdout.txt', 'stderr.txt'].map((file) => path.join(folder, file)) as [string, string];
  const [stdout, stderr] = files.map((file) => openSync(file, 'w')) as [number, number];
  try {
    const child = started(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', ...nodeOptions, program, ...args.map(String)],
      {
        stdio: ['ignore', stdout, stderr],
        // What a program leaves among the temporary files goes with the folder.
        env: { ...process.env, TEMP: folder, TMP: folder, NODE_OPTIONS: '' },
        windowsHide: true,
      },
    );
    const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
    const [code, isKilled] = await new Promise<[number | null, boolean]>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (exitCode) => resolve([exitCode, child.killed]));
    });
    clearTimeout(limit);
    const [out, err] = files.map((file) => readFileSync(file, 'utf8')) as [string, string];
    if (isKilled) throw new Error(`${name} ${args.join(' ')} did not end by itself\n${out}\n${err}`);
    return { code, stdout: out, stderr: err };
  } finally {
    closeSync(stdout);
    closeSync(stderr);
    remove(folder);
  }
}

/** Once in thousands of times Wine refuses to start a process. Nothing of it has run then: it is tried once more. */
function started(file: string, args: string[], options: SpawnOptions): ChildProcess {
  try {
    return spawn(file, args, options);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'UNKNOWN') throw error;
    return spawn(file, args, options);
  }
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  } catch {
    // The first window of a Wine prefix starts a desktop process, which inherits these files and keeps them open.
  }
}

/** Random moments that can be had again: MAPISYNC_SEED sets the seed, which is part of the tests' names. */
export const seed = Number(process.env.MAPISYNC_SEED ?? Math.floor(Math.random() * 0x1_0000_0000));

/** How often each end is tried. `npm run soak` says more. */
export const times = Number(process.env.MAPISYNC_ENDS ?? 5);

/** The moments at which an end is tried; each name has its own. */
export function momentsOf(name: string): number[] {
  let hash = seed;
  for (const unit of name) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  const next = randomNumbers(hash);
  return Array.from({ length: times }, () => Math.round(next() * 1000) / 1000);
}

/** The codes and marks of a program that is run at each of its moments, two at a time or as many as said. */
export async function endsOfProgram(
  name: string,
  options: ProgramOptions & { readonly atOnce?: number } = {},
): Promise<
  { readonly moment: number; readonly code: number | null; readonly marks: string[]; readonly stderr: string }[]
> {
  const { args = [], atOnce = 2 } = options;
  const moments = momentsOf([name, ...args].join(' '));
  const ends: { moment: number; code: number | null; marks: string[]; stderr: string }[] = [];
  const runNext = async (): Promise<void> => {
    for (let moment = moments.shift(); moment !== undefined; moment = moments.shift()) {
      const { code, stdout, stderr } = await endOfProgram(name, { ...options, args: [moment, ...args] });
      const marks = stdout.split(/\r?\n/).flatMap((line) => (line.startsWith('mark: ') ? [line.slice(6)] : []));
      ends.push({ moment, code, marks, stderr });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, runNext));
  return ends;
}
