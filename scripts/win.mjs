/**
 * `npm run win -- [--arch x64|ia32] FILE [ARGS...]`: runs a script in Windows Node, in the caller's folder, with the
 * caller's streams and terminal, and ends with its exit code. Under Linux a code's low 8 bits are seen.
 */
import { existsSync } from 'node:fs';
import { build } from './build.mjs';
import { dist, prebuilds } from './paths.mjs';
import { runWindowsNode } from './run-windows-node.mjs';
import { ensureSetup } from './setup.mjs';
import { windowsPath } from './windows-program.mjs';

const kUsage = 'usage: npm run win -- [--arch x64|ia32] FILE [ARGS...]';

function parse([...args]) {
  let arch = 'x64';
  if (args[0] === '--arch') [, arch] = args.splice(0, 2);
  else if (args[0]?.startsWith('--arch=')) arch = args.shift().slice('--arch='.length);
  if ((arch !== 'x64' && arch !== 'ia32') || args.length === 0) throw new Error(kUsage);
  return { arch, args };
}

try {
  const { arch, args } = parse(process.argv.slice(2));
  await ensureSetup();
  if (!existsSync(dist) || !existsSync(prebuilds(arch))) await build();
  const [first, ...rest] = args;
  // npm changes into the package's folder; paths on the command line are meant from where the caller stands.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  process.exitCode = await runWindowsNode([windowsPath(first), ...rest], { arch, cwd });
} catch (error) {
  console.error(error.message);
  process.exitCode = error.message === kUsage ? 2 : 1;
}
