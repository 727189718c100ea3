/** `npm run demo`: sets up, builds, and runs `mapisync demo` in Windows Node on this terminal. */
import { join } from 'node:path';
import { build } from './build.mjs';
import { dist } from './paths.mjs';
import { runWindowsNode } from './run-windows-node.mjs';
import { ensureSetup } from './setup.mjs';
import { windowsPath } from './windows-program.mjs';

try {
  await ensureSetup();
  await build();
  const script = windowsPath(join(dist, 'cli', 'main.js'));
  const cwd = process.env.INIT_CWD ?? process.cwd();
  process.exitCode = await runWindowsNode([script, 'demo', ...process.argv.slice(2)], { cwd });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
