/**
 * How a Windows program is started: on Windows as it is, elsewhere under the checkout's Wine. Nothing else in the
 * scripts knows the difference.
 */
import { existsSync, fstatSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { onWindows } from './paths.mjs';
import { wine32 } from './setup/debian-packages.mjs';
import { emulated, emulatorEnvironment, whyNoEmulator } from './setup/ia32-emulator.mjs';
import { kernelRuns32Bit } from './setup/kernel-32-bit.mjs';
import { windowsNode } from './setup/windows-node.mjs';
import { launcher, wine64, wineEnvironment } from './setup/wine-prefix.mjs';

/** @typedef {'x64' | 'ia32'} Arch */

/** Why programs of that kind do not run on this machine, or null if they do. @param {Arch} arch */
export function whyNotRunnable(arch) {
  if (onWindows) return arch === process.arch ? null : `this Node.js is ${process.arch}`;
  if (arch === 'x64') return null;
  if (!existsSync(wine32)) return 'the package wine32:i386 could not be installed';
  return kernelRuns32Bit() ? null : whyNoEmulator();
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
  const program = [...(bridged ? [launcher(arch)] : []), windowsNode(arch), ...args];
  if (arch === 'x64') return { command: wine64, args: program, env: wineEnvironment(env) };
  if (kernelRuns32Bit()) return { command: wine32, args: program, env: wineEnvironment(env) };
  const [command, ...start] = emulated;
  return { command, args: [...start, ...program], env: emulatorEnvironment(env) };
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
