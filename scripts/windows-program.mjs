/**
 * How a Windows program is started: on Windows as it is, elsewhere under the checkout's Wine. Nothing else in the
 * scripts knows the difference.
 */
import { fstatSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { onWindows } from './paths.mjs';
import { whyNoIa32, wine32 } from './setup/ia32.mjs';
import { windowsNode } from './setup/windows-node.mjs';
import { launcher, wine64, wineEnvironment } from './setup/wine-prefix.mjs';

/** @typedef {'x64' | 'ia32'} Arch */

/** Why programs of that kind do not run on this machine, or null if they do. @param {Arch} arch */
export function whyNotRunnable(arch) {
  if (!onWindows) return arch === 'ia32' ? whyNoIa32() : null;
  return arch === process.arch ? null : `this Node.js is ${process.arch}`;
}

/**
 * The command that runs a script in Windows Node.
 *
 * @param {readonly string[]} args for Node: its options, the script, the script's arguments
 * @param {{ arch?: Arch, bridged?: boolean, env?: NodeJS.ProcessEnv }} options `bridged`: stdin, stdout or stderr is a
 *   Unix pipe, which Windows Node cannot use without the launcher's help.
 */
export function windowsNodeCommand(args, { arch = 'x64', bridged = false, env = process.env } = {}) {
  const why = whyNotRunnable(arch);
  if (why !== null) throw new Error(`Windows programs for ${arch} do not run here: ${why}`);
  if (onWindows) return { command: process.execPath, args: [...args], env };
  const loader = arch === 'ia32' ? wine32 : wine64;
  const program = [windowsNode(arch), ...args];
  return { command: loader, args: bridged ? [launcher(arch), ...program] : program, env: wineEnvironment(env) };
}

/** A path of this machine as a Windows program takes it, whatever its current drive is. */
export function windowsPath(path) {
  return onWindows || !isAbsolute(path) ? path : `Z:${path.replaceAll('/', '\\')}`;
}

/** Whether one of this process's own streams is a pipe. */
export function streamsArePiped() {
  return !onWindows && [0, 1, 2].some(isPipe);
}

function isPipe(descriptor) {
  try {
    const status = fstatSync(descriptor);
    return status.isFIFO() || status.isSocket();
  } catch {
    return false; // closed
  }
}
