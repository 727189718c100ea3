/** `npm run demo`: sets up, builds, and runs `mapisync demo` in Windows Node on this terminal. */
import { join } from 'node:path';
import { build } from './build.mjs';
import { dist } from './paths.mjs';
import { runInForeground } from './run-command.mjs';
import { ensureSetup } from './setup.mjs';
import { streamsArePiped, windowsNodeCommand, windowsPath } from './windows-program.mjs';

try {
  await ensureSetup();
  await build();
  const script = windowsPath(join(dist, 'cli', 'main.js'));
  const bridged = streamsArePiped();
  const { command, args, env } = windowsNodeCommand([script, 'demo', ...process.argv.slice(2)], { bridged });
  const cwd = process.env.INIT_CWD ?? process.cwd();
  process.exitCode = await runInForeground(command, args, { env, cwd, relayErrors: bridged });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
