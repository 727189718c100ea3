/** Starts a program and waits for it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, createWriteStream } from 'node:fs';

export class CommandError extends Error {
  /** @param {string} command @param {string} why @param {string} output the last lines it wrote */
  constructor(command, why, output) {
    super(`${command}: ${why}${output === '' ? '' : `\n${output}`}`);
    this.name = 'CommandError';
  }
}

const LINES_SHOWN = 40;

/**
 * Runs a program to its end and returns what it wrote (both streams, in the order of arrival) and its exit code.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, log?: string, show?: (chunk: Buffer) => void, accept?: readonly number[] | null,
 *   timeoutMs?: number, isOver?: () => boolean, niceness?: number }} options
 *   `log`: a file that gets the output as well. `show`: is given it as it comes.
 *   `accept`: the exit codes that are no failure; 0 alone by default, null for any, an end by a signal (code null) included.
 *   `niceness`: 1 to 19 on Linux: how far whatever else runs goes first.
 *   `timeoutMs`: kill it after so long. `isOver`: asked once a second; kill it when it has done all and does not end.
 */
export async function runCommand(command, args, options = {}) {
  const { cwd, env, log, show, accept = [0], timeoutMs, isOver, niceness = 0 } = options;
  if (niceness > 0) return runCommand('nice', ['-n', String(niceness), command, ...args], { ...options, niceness: 0 });
  const line = [command, ...args].join(' ');
  if (log !== undefined) appendFileSync(log, `$ ${line}\n`);
  const child = spawn(command, args, {
    cwd,
    env,
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const file = log === undefined ? null : createWriteStream(log, { flags: 'a' });
  const chunks = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      chunks.push(chunk);
      file?.write(chunk);
      show?.(chunk);
    });
  }
  const watch = isOver === undefined ? undefined : setInterval(() => isOver() && child.kill('SIGKILL'), 1000);
  const [code, signal] = await endOf(child, line).finally(() => clearInterval(watch));
  if (file !== null) {
    file.end();
    await once(file, 'close');
  }
  const output = Buffer.concat(chunks).toString();
  if (accept !== null && !accept.includes(code)) {
    const tail = show !== undefined ? '' : output.trimEnd().split('\n').slice(-LINES_SHOWN).join('\n');
    throw new CommandError(line, signal === null ? `exit code ${code}` : `ended by ${signal}`, tail);
  }
  return { code, output };
}

const QUIET_MS = 500;

/**
 * Waits for a program's end and for all that it wrote. A process that it leaves behind may keep the pipes open for ever
 * (Wine starts its desktop from whichever program first needs one): then their being quiet is their end.
 */
function endOf(child, line) {
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new CommandError(line, error.message, '')));
    child.once('exit', (...ends) => {
      const letGo = () => {
        for (const stream of streams) stream.destroy();
      };
      let quiet = setTimeout(letGo, QUIET_MS);
      for (const stream of streams) {
        stream.on('data', () => {
          clearTimeout(quiet);
          quiet = setTimeout(letGo, QUIET_MS);
        });
      }
      child.once('close', () => {
        clearTimeout(quiet);
        resolve(ends);
      });
    });
  });
}

/**
 * Runs a program on this process's own terminal and streams; returns its exit code. `relayErrors`: it gets a pipe of ours
 * for stderr, because what it leaves behind (see `endOf`) must not keep the caller's open.
 */
export async function runInForeground(command, args, { relayErrors = false, ...options } = {}) {
  const child = spawn(command, args, { ...options, stdio: ['inherit', 'inherit', relayErrors ? 'pipe' : 'inherit'] });
  child.stderr?.on('data', (chunk) => process.stderr.write(chunk));
  // What ends this process ends the child first. A terminal's Ctrl-C reaches both; the child decides what it means.
  const passOn = (signal) => child.kill(signal);
  const ignore = () => {};
  process.on('SIGTERM', passOn).on('SIGHUP', passOn).on('SIGINT', ignore);
  try {
    const [code, signal] = await endOf(child, command);
    return signal === null ? code : 128 + (SIGNAL_NUMBERS[signal] ?? 0);
  } finally {
    process.off('SIGTERM', passOn).off('SIGHUP', passOn).off('SIGINT', ignore);
  }
}

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
