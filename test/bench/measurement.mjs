/** Takes a measurement in a process of its own, so that none begins with another's memory, heap and compiled code. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const measure = fileURLToPath(new URL('measure.mjs', import.meta.url));
/** Beyond what any of them takes: 10,000 messages, four times, are minutes under Wine. */
const LIMIT_MS = 900_000;

/** @param {string} name a module of measures/ @param {object} options what its `measure` is called with */
export function measurement(name, options = {}) {
  return answerOf(measure, [name, JSON.stringify(options)]);
}

/**
 * Runs a script, which sends its answer by `process.send`. It is not read from a pipe: what a child starts, such as Wine's
 * desktop, may inherit that and keep it open.
 */
export function answerOf(script, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--expose-gc', script, ...args], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      timeout: LIMIT_MS,
    });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      complaint += text;
    });
    let answer;
    let end;
    const conclude = () => {
      if (end === undefined || (end.code === 0 && answer === undefined)) return;
      child.stderr.destroy();
      if (child.connected) child.disconnect();
      if (end.code === 0) resolve(answer.value);
      else reject(new Error(`${script} ${args.join(' ')} ended with ${end.signal ?? end.code}:\n${complaint}`));
    };
    child.once('error', reject);
    child.once('message', (value) => {
      answer = { value };
      conclude();
    });
    child.once('exit', (code, signal) => {
      end = { code, signal };
      conclude();
    });
  });
}
