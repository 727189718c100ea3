/**
 * How a Windows program is started: on Windows as it is, elsewhere under the checkout's Wine. Nothing else in the
 * scripts knows the difference.
 */
import { fstatSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { onWindows } from './paths.mjs';
import { windowsNode } from './setup/windows-node.mjs';
import { wine } from './setup/wine.mjs';
import { launcher, wineEnvironment } from './setup/wine-prefix.mjs';

/** @typedef {'x64' | 'ia32'} Arch */

/** Why programs of that kind do not run on this machine, or null if they do. @param {Arch} arch */
export function whyNotRunnable(arch) {
  return onWindows && arch !== process.arch ? `this Node.js is ${process.arch}` : null;
}

/**
 * The command that runs a script in Windows Node.
 *
 * @param {readonly string[]} args for Node: its options, the script, the script's arguments
 * @param {{ arch?: Arch, node?: string } & Parameters<typeof windowsCommand>[1]} options `node`: its major version; on
 *   Windows it is the one that runs this
 */
export function windowsNodeCommand(args, { arch = 'x64', node, ...options } = {}) {
  const why = whyNotRunnable(arch);
  if (why !== null) throw new Error(`Windows programs for ${arch} do not run here: ${why}`);
  return windowsCommand([onWindows ? process.execPath : windowsNode(arch, node), ...args], options);
}

/**
 * The command that runs a Windows program, of either architecture.
 *
 * @param {readonly string[]} program its path on this machine, and its arguments
 * @param {{ bridged?: boolean, env?: NodeJS.ProcessEnv }} options `bridged`: stdin, stdout or stderr is a Unix pipe, which
 *   many Windows programs, Node among them, cannot use without the launcher's help.
 */
export function windowsCommand([program, ...rest], { bridged = false, env = process.env } = {}) {
  if (onWindows) return { command: program, args: rest, env };
  return { command: wine, args: [...(bridged ? [launcher] : []), program, ...rest], env: wineEnvironment(env) };
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
