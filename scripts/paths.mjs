/** Where everything of a checkout lies. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** All that the set-up installs into the checkout, except node_modules. Deleting it is always safe. */
export const toolchain = join(root, '.toolchain');
/** Where the analysis and the fuzzing note what they have found faultless, by the content they looked at. */
export const foundFaultless = join(toolchain, 'found-faultless');
export const buildDirectory = join(root, 'build');
export const dist = join(root, 'dist');

export const onWindows = process.platform === 'win32';

/** The folder of a Windows binary's variant, as the npm package ships it. */
export function prebuilds(arch) {
  return join(root, 'prebuilds', `win32-${arch}`);
}

/** A program of node_modules, to be started by Node itself: npm's shims do not exist on every platform. */
export function nodeModule(...path) {
  return join(root, 'node_modules', ...path);
}
