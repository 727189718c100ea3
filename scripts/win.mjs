/**
 * `npm run win -- [--arch x64|ia32] [--node 22|24|26] FILE [ARGS...]`: runs a script in Windows Node, in the caller's folder,
 * with the caller's environment, streams and terminal, and ends with its exit code. Under Linux a code's low 8 bits are seen.
 */
import { existsSync } from 'node:fs';
import { build } from './build.mjs';
import { dist, onWindows, prebuilds } from './paths.mjs';
import { runWindowsNode } from './run-windows-node.mjs';
import { nodeVersions } from './setup/windows-node.mjs';
import { ensureSetup } from './setup.mjs';
import { windowsPath } from './windows-program.mjs';

const USAGE = 'usage: npm run win -- [--arch x64|ia32] [--node 22|24|26] FILE [ARGS...]';

function parse([...args]) {
  const options = { arch: onWindows ? process.arch : 'x64', node: undefined };
  for (let [, name, value] = optionIn(args[0]); name !== undefined; [, name, value] = optionIn(args[0])) {
    args.shift();
    options[name] = value ?? args.shift();
  }
  const { arch, node } = options;
  const versions = nodeVersions[arch] ?? [];
  if (args.length === 0 || versions.length === 0) throw new Error(USAGE);
  if (node !== undefined && !versions.includes(node)) {
    throw new Error(`${USAGE}\nfor ${arch} there is Node.js ${versions.join(', ')}; got ${node}`);
  }
  return { arch, node, args };
}

function optionIn(arg = '') {
  return /^--(arch|node)(?:=(.*))?$/.exec(arg) ?? [];
}

try {
  const { arch, node, args } = parse(process.argv.slice(2));
  await ensureSetup();
  if (!existsSync(dist) || !existsSync(prebuilds(arch))) await build();
  const [first, ...rest] = args;
  // npm changes into the package's folder; paths on the command line are meant from where the caller stands.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  process.exitCode = await runWindowsNode([windowsPath(first), ...rest], { arch, node, cwd });
} catch (error) {
  console.error(error.message);
  process.exitCode = error.message.startsWith(USAGE) ? 2 : 1;
}
