/**
 * Where the package's binaries lie. This file is the only one that knows: it lies directly in src/, and its code directly in
 * dist/ (in mapisync.js), so that one relative path to prebuilds/ is right in both.
 */

/** The absolute path of one of the binaries for an architecture. */
export function binaryPath(arch: string, name: 'mapisync.node' | 'mapisync-sample.dll'): string {
  // Node's modules are asked for here, not imported: importing them would cost each program some milliseconds at its start.
  const { fileURLToPath } = process.getBuiltinModule('node:url');
  return fileURLToPath(new URL(`../prebuilds/win32-${arch}/${name}`, import.meta.url));
}
