/**
 * Lets the test files run under Node's own test runner, for ia32: Vitest itself cannot start there, because its bundler has no
 * program for 32-bit Windows. scripts/test-steps/node-test.mjs starts it.
 *
 * `vitest` is the adapter beside this file. A TypeScript file's JavaScript is what the compiler has left in build/node-test:
 * Node 22 strips types by itself, and does not know `using`.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import '../support/typescript-names.mjs';

const adapter = new URL('./vitest.mjs', import.meta.url).href;
const root = new URL('../../', import.meta.url).href;
const compiled = new URL('build/node-test/', root);

registerHooks({
  resolve(specifier, context, next) {
    return specifier === 'vitest' ? { url: adapter, shortCircuit: true } : next(specifier, context);
  },
  load(url, context, next) {
    if (!url.startsWith(root) || !url.endsWith('.ts')) return next(url, context);
    const script = new URL(url.slice(root.length).replace(/\.ts$/, '.js'), compiled);
    return { format: 'module', source: readFileSync(script), shortCircuit: true };
  },
});
