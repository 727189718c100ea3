/** How long `import` takes, in a process that has imported nothing yet: milliseconds. */

/** @param {{ module: 'mapisync' | 'empty' }} options */
export async function measure({ module }) {
  const begin = performance.now();
  await import(module === 'empty' ? '../empty.mjs' : module);
  return performance.now() - begin;
}
