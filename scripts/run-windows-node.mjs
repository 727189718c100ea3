/** Runs a script in Windows Node on this process's own terminal and streams. */
import { runInForeground } from './run-command.mjs';
import { streamsArePiped, windowsNodeCommand } from './windows-program.mjs';

/**
 * @param {readonly string[]} args for Node: its options, the script, the script's arguments
 * @param {{ arch?: import('./windows-program.mjs').Arch, node?: string, env?: NodeJS.ProcessEnv, cwd: string }} options
 * @returns {Promise<number>} its exit code
 */
export async function runWindowsNode(args, { arch, node, env, cwd }) {
  const bridged = streamsArePiped();
  const program = windowsNodeCommand(args, { arch, node, bridged, env });
  return runInForeground(program.command, program.args, { env: program.env, cwd, relayErrors: bridged });
}
