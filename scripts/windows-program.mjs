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
 * The command that runs a script in Windows Node. @param {readonly string[]} args for Node: its options, the script, the
 * script's arguments @param {Parameters<typeof windowsCommand>[1]} options
 */
export function windowsNodeCommand(args, options = {}) {
  return windowsCommand([onWindows ? process.execPath : windowsNode(options.arch ?? 'x64'), ...args], options);
}

/**
 * The command that runs a Windows program.
 *
 * @param {readonly string[]} program its path on this machine, and its arguments
 * @param {{ arch?: Arch, bridged?: boolean, env?: NodeJS.ProcessEnv }} options `bridged`: stdin, stdout or stderr is a
 *   Unix pipe, which many Windows programs, Node among them, cannot use without the launcher's help.
 */
export function windowsCommand([program, ...rest], { arch = 'x64', bridged = false, env = process.env } = {}) {
  const why = whyNotRunnable(arch);
  if (why !== null) throw new Error(`Windows programs for ${arch} do not run here: ${why}`);
  if (onWindows) return { command: program, args: rest, env };
  const args = [...(bridged ? [launcher(arch)] : []), program, ...rest];
  if (arch === 'x64') return { command: wine64, args, env: wineEnvironment(env) };
  if (kernelRuns32Bit()) return { command: wine32, args, env: wineEnvironment(env) };
  const [command, ...start] = emulated;
  return { command, args: [...start, ...args], env: emulatorEnvironment(env) };
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
